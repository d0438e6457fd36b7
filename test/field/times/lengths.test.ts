import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeAsset } from '../../../src/jobs/assets/asset-kind.js'
import { runReadTask } from '../../../src/jobs/assets/read-task.js'
import { createProber } from '../../../src/media/create-prober.js'
import { fieldFile } from '../../support/field-file.js'
import { AAC, FFMPEG, ffmpeg, FFPROBE, H264, lavfi } from '../../support/lavfi.js'
import { compile, useStudio } from '../../support/render.js'
import { decodeSound, pitchOf, soundSec } from '../../support/sound.js'
import { expectSigns, flashingFrames, secondsUntil } from '../signs.js'

const studio = useStudio()
const PROBER = createProber({ ffmpegPath: FFMPEG, ffprobePath: FFPROBE, fontConfigPath: '/nonexistent' })
const VP9 = ['-c:v', 'libvpx-vp9', '-b:v', '1M', '-deadline', 'realtime', '-cpu-used', '8'] as const

/** Films whose headers state no length. */
test.each<[string, readonly string[]]>([
  ['live.mkv', [...H264, ...AAC, '-live', '1']],
  ['live.webm', [...VP9, '-c:a', 'libopus', '-live', '1']],
  ['live.flv', [...H264, ...AAC, '-ar', '44100', '-flvflags', 'no_duration_filesize']],
])('%s is as long as its packets', async (name, coding) => {
  const video = await studio.make(name, ...flashingFrames(30, 3), ...coding)
  await expectSigns(studio, { files: { video } }, { rate: 30, frames: 90, seconds: secondsUntil(3) })
})

test.each(['webm-no-duration.webm', 'webm-no-duration-voice.webm'])(
  '%s is an asset with a length',
  async (name) => {
    const path = await fieldFile(studio, name)
    const { kind, facts } = await describeAsset({ prober: PROBER, read: runReadTask }, name, path)
    expect(kind).toBe(name.includes('voice') ? 'audio' : 'video')
    expect(Math.abs((facts?.durationSec ?? NaN) - 4)).toBeLessThan(0.05)
  },
)

/** The sound of a file of sound, and the codes of warnings. */
async function hear(path: string): Promise<{ samples: Float32Array; codes: string[] }> {
  const edit = { operations: [], output: { container: 'wav' } } as const
  const sources = await studio.survey({ video: path })
  const [file] = await studio.renderEdit(edit, { video: path })
  const warnings = [...compile(edit, sources).warnings, ...(file?.warnings ?? [])]
  return { samples: await decodeSound(file?.path ?? ''), codes: warnings.map(({ code }) => code) }
}

test('mp3-joined.mp3 is as long as both of its parts', async () => {
  const { samples } = await hear(await fieldFile(studio, 'mp3-joined.mp3'))
  expect(Math.abs(soundSec(samples) - 6.06)).toBeLessThan(0.03)
})

const TONE = lavfi("aevalsrc='if(lt(t,4),0.4*sin(600*PI*t),0.4*random(0))':s=44100:d=6")

/** Programs that write into a pipe do not know the length, and cannot go back to state it. */
test.each([
  ['wav', ['-c:a', 'pcm_s16le']],
  ['mp3', ['-c:a', 'libmp3lame', '-q:a', '5', '-write_xing', '0']],
  ['adts', ['-c:a', 'aac']],
  ['flac', ['-c:a', 'flac']],
])('a stream of %s is as long as its packets, and undamaged', async (format, coding) => {
  const path = join(studio.dir(), 'files', `piped.${format === 'adts' ? 'aac' : format}`)
  await writeFile(path, await ffmpeg(...TONE, ...coding, '-f', format, 'pipe:1'))
  const { samples, codes } = await hear(path)
  expect(codes).toEqual([])
  expect(Math.abs(soundSec(samples) - 6)).toBeLessThan(0.05)
})

test('a WAV that states 0 is undamaged, and one that lacks its end is told', async () => {
  const whole = await readFile(await studio.make('whole.wav', ...TONE))
  const size = whole.indexOf('data') + 4
  const unknown = Buffer.from(whole)
  unknown.writeUInt32LE(0, size)
  const [open, cut] = ['open.wav', 'cut.wav'].map((name) => join(studio.dir(), 'files', name))
  await writeFile(open ?? '', unknown)
  await writeFile(cut ?? '', whole.subarray(0, whole.length * 0.7))
  expect((await hear(open ?? '')).codes).toEqual([])
  const { samples, codes } = await hear(cut ?? '')
  expect(codes).toEqual(['source-damaged'])
  expect(Math.abs(soundSec(samples) - 4.2)).toBeLessThan(0.05)
})

test('ADTS whose rate is halved on the way is heard at its pitch for all of its time', async () => {
  const parts = await Promise.all(
    [44_100, 22_050].map(async (rate) => {
      const sine = lavfi(`sine=f=500:d=3:r=${rate}`)
      return readFile(await studio.make(`part-${rate}.aac`, ...sine, '-c:a', 'aac'))
    }),
  )
  const path = join(studio.dir(), 'files', 'halved.aac')
  await writeFile(path, Buffer.concat(parts))
  const { samples, codes } = await hear(path)
  expect(codes).toEqual(['sound-changes'])
  expect(Math.abs(soundSec(samples) - 6)).toBeLessThan(0.15)
  for (const sec of [0.5, 2, 3.5, 5]) expect(Math.abs(pitchOf(samples, sec, sec + 0.4) - 500)).toBeLessThan(8)
})
