import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ReplaceAudioOperation } from '../../../src/edit/operations/replace-audio.js'
import { AAC, H264, lavfi } from '../../support/lavfi.js'
import { videoOverlay } from '../../support/overlays.js'
import { compile, type EditFiles, useStudio } from '../../support/render.js'
import { decodeSound, pitchOf, soundSec } from '../../support/sound.js'

const studio = useStudio()
const SECONDS = 3
const FILM = lavfi(`testsrc2=s=160x90:r=25:d=${SECONDS}`)
const tone = (hz: number, rate: number) => lavfi(`sine=f=${hz}:d=${SECONDS}:r=${rate}`)

/** What `cat` makes of files. */
async function cat(name: string, parts: readonly string[]): Promise<string> {
  const path = join(studio.dir(), 'files', name)
  await writeFile(path, Buffer.concat(await Promise.all(parts.map((part) => readFile(part)))))
  return path
}

async function codesOf(
  files: EditFiles,
  output: 'wav' | 'mp4',
  operations: Parameters<typeof compile>[0]['operations'] = [],
) {
  const { warnings } = compile({ operations, output: { container: output } }, await studio.survey(files))
  return warnings.filter(({ code }) => !['no-audio', 'alpha-flattened'].includes(code))
}

/** What newer versions of ffmpeg leave of an Ogg whose parts have other rates. */
async function expectFirst(video: string, told: Awaited<ReturnType<typeof codesOf>>): Promise<void> {
  expect(told.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^The sound ends early, after 3\.0\d s\./),
  )
  const [file] = await studio.renderEdit({ operations: [], output: { container: 'wav' } }, { video })
  expect(Math.abs(soundSec(await decodeSound(file?.path ?? '')) - SECONDS)).toBeLessThan(0.04)
}

describe('sound that is read to its end', () => {
  test.each<[string, readonly [number, number], readonly string[], readonly string[]]>([
    ['a.ogg', [44_100, 48_000], ['-c:a', 'libvorbis'], ['times-rejoined', 'sound-changes']],
    ['b.ogg', [48_000, 22_050], ['-c:a', 'libvorbis'], ['times-rejoined', 'sound-changes']],
    ['c.ogg', [44_100, 44_100], ['-c:a', 'libvorbis'], ['times-rejoined']],
    ['d.ogg', [48_000, 48_000], ['-c:a', 'libopus'], ['times-rejoined']],
    ['e.ogg', [48_000, 32_000], ['-c:a', 'flac'], ['times-rejoined', 'sound-changes']],
  ])('%s at %j Hz', async (name, rates, coding, codes) => {
    const parts = rates.map((rate, index) =>
      studio.make(`${index}-${name}`, ...tone(index === 0 ? 500 : 800, rate), ...coding),
    )
    const video = await cat(name, await Promise.all(parts))
    const found = await codesOf({ video }, 'wav')
    const told = found.map(({ code }) => code)
    if (told.includes('source-damaged')) return expectFirst(video, found)
    expect(told).toEqual(codes)
    const [file] = await studio.renderEdit({ operations: [], output: { container: 'wav' } }, { video })
    const samples = await decodeSound(file?.path ?? '')
    expect(Math.abs(soundSec(samples) - 2 * SECONDS)).toBeLessThan(0.04)
    expect(Math.abs(pitchOf(samples, 1, 2) - 500)).toBeLessThan(8)
    expect(Math.abs(pitchOf(samples, 4, 5) - 800)).toBeLessThan(8)
    expect(file?.warnings).toEqual([])
  })

  test.each([44_100, 32_000])('FLAC, where ffmpeg loses what it tells, at 44 100 and %i Hz', async (rate) => {
    const parts = [studio.make('one.flac', ...tone(500, 44_100)), studio.make('two.flac', ...tone(800, rate))]
    const video = await cat(`joined-${rate}.flac`, await Promise.all(parts))
    const found = await codesOf({ video }, 'wav')
    expect(found.map(({ code }) => code)).toContain('source-damaged')
    const told = found.map(({ message }) => /^Only (\S+) s of 6\.00 s of the sound/.exec(message)?.[1])
    const [file] = await studio.renderEdit({ operations: [], output: { container: 'wav' } }, { video })
    const samples = await decodeSound(file?.path ?? '')
    expect(told).toContain(soundSec(samples).toFixed(2))
    expect(Math.abs(pitchOf(samples, 4, 5) - 800)).toBeLessThan(8)
  })
})

const WAV = ['-c:a', 'pcm_s16le']
const PLAIN = [...H264, '-bf', '0'] as const

describe('a file behind the end of another is told', () => {
  test.each<[string, readonly string[]]>([
    ['film.flv', [...FILM, ...tone(500, 44_100), ...PLAIN, ...AAC, '-ar', '44100']],
    ['film.mp4', [...FILM, ...PLAIN]],
    ['film.mov', [...FILM, ...PLAIN, '-movflags', 'faststart']],
    ['film.gif', FILM],
    ['film.wmv', [...FILM, '-c:v', 'wmv2']],
  ])('%s', async (name, args) => {
    const one = await studio.make(`one-${name}`, ...args)
    const bytes = (await readFile(one)).length
    const video = await cat(name, [one, one])
    const { frameCount } = (await studio.survey({ video })).video.facts.video ?? {}
    // Since ffmpeg 7 a GIF is read on.
    if (name.endsWith('.gif') && frameCount === 150) {
      expect(await codesOf({ video }, 'mp4')).toEqual([])
      return
    }
    const [warning, ...others] = await codesOf({ video }, 'mp4')
    expect([warning?.code, others]).toEqual(['file-goes-on', []])
    expect(warning?.message).toContain(`its ${bytes} bytes, 50 % of all, are left out`)
    expect((await studio.render([], { video })).facts.video?.frameCount).toBe(75)
    expect(await codesOf({ video: one }, 'mp4')).toEqual([])
  })

  test('in a WAV of odd length, and in assets', async () => {
    const mono = [...lavfi('sine=d=1:r=8000'), '-c:a', 'pcm_u8', '-frames:a', '1', '-map_metadata', '-1']
    const odd = await studio.make('odd.wav', ...mono, '-af', 'asetnsamples=n=4001', '-bitexact')
    const whole = await studio.make('whole.wav', ...tone(500, 44_100), ...WAV)
    for (const parts of [
      [odd, whole],
      [whole, odd, whole],
    ]) {
      const sound = await cat(`joined-${parts.length}.wav`, parts)
      expect((await codesOf({ video: sound }, 'wav')).map(({ code }) => code)).toEqual(['file-goes-on'])
      const replace: ReplaceAudioOperation = {
        ...{ type: 'replace_audio', audio: 'sound', mode: 'replace', volume_db: 0, ducking: null },
        ...{ start_time: 0, offset: 0, loop: false, fade_in: 0, fade_out: 0 },
      }
      const film = await studio.make('film-alone.mp4', ...FILM, ...PLAIN)
      const told = await codesOf({ video: film, assets: { sound } }, 'mp4', [replace])
      expect(told.find(({ code }) => code === 'file-goes-on')?.message).toMatch(
        /^Asset "sound": Another file/,
      )
    }
    const clip = await cat('clip.mp4', [await studio.make('c.mp4', ...FILM, ...PLAIN), whole])
    const laid = await codesOf({ video: clip, assets: { clip } }, 'mp4', [videoOverlay({ content: 'clip' })])
    // What is behind it is no film.
    expect(laid).toEqual([])
  })

  test('but not fragments that are read on, nor a WAV that was streamed', async () => {
    const flags = ['-movflags', 'empty_moov+frag_keyframe+default_base_moof']
    const one = await studio.make('fragments.mp4', ...FILM, ...PLAIN, ...flags)
    const joined = await cat('fragments-twice.mp4', [one, one])
    const { facts } = (await studio.survey({ video: joined })).video
    expect(facts.bytesBehind).toBeUndefined()
    expect(facts.video?.frameCount).toBeGreaterThan(75)
    expect((await codesOf({ video: joined }, 'mp4')).map(({ code }) => code)).toContain('times-rejoined')
    const wav = await readFile(await studio.make('plain.wav', ...tone(500, 44_100), ...WAV))
    wav.writeUInt32LE(0xff_ff_ff_ff, 4)
    const open = join(studio.dir(), 'files', 'open.wav')
    await writeFile(open, wav)
    expect(await codesOf({ video: open }, 'wav')).toEqual([])
  })
})
