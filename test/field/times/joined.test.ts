import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createProber } from '../../../src/media/create-prober.js'
import { AAC, FFMPEG, FFPROBE, H264 } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { expectSigns, flashingFrames, secondsUntil } from '../signs.js'

const studio = useStudio()
const SECONDS = 3
const RATE = 25
const HALF = flashingFrames(RATE, SECONDS)
/** Without frames that depend on later ones, which a recording that breaks off would lose. */
const PLAIN = [...H264, '-bf', '0'] as const
const MPEG2 = ['-c:v', 'mpeg2video', '-q:v', '3', '-g', '12'] as const
const VP8 = ['-c:v', 'libvpx', '-b:v', '1M', '-deadline', 'realtime', '-cpu-used', '8'] as const

async function write(name: string, bytes: Buffer): Promise<string> {
  const path = join(studio.dir(), 'files', name)
  await writeFile(path, bytes)
  return path
}

async function twice(name: string, ...coding: readonly string[]): Promise<string> {
  const half = await readFile(await studio.make(`half-${name}`, ...HALF, ...coding))
  return write(name, Buffer.concat([half, half]))
}

const JOINED = { rate: RATE, frames: 2 * SECONDS * RATE, seconds: secondsUntil(2 * SECONDS) }

/** What `cat` makes of two recordings. */
test.each<[string, readonly string[], number]>([
  // The last frame of each half has no time, and ffmpeg leaves it out.
  ['two.vob', [...MPEG2, '-bf', '2', '-c:a', 'ac3', '-f', 'vob'], 148],
  ['two.mpg', [...MPEG2, '-c:a', 'mp2'], 150],
  ['two.webm', [...VP8, '-c:a', 'libopus', '-live', '1'], 150],
  ['two.mkv', [...PLAIN, ...AAC], 150],
])('%s is one film, in sync', async (name, coding, changes) => {
  const video = await twice(name, ...coding)
  await expectSigns(studio, { files: { video } }, { ...JOINED, changes, codes: ['times-rejoined'] })
})

const DATA = 18

/** Moves the times of all tags of an FLV, and leaves out what stands only at its start. */
function later(flv: Buffer, byMs: number): Buffer {
  const tags: Buffer[] = []
  for (let at = 13; at + 11 < flv.length;) {
    const end = at + 11 + flv.readUIntBE(at + 1, 3) + 4
    const tag = Buffer.from(flv.subarray(at, end))
    const ms = tag.readUIntBE(4, 3) + (tag[7] ?? 0) * 2 ** 24 + byMs
    tag.writeUIntBE(ms % 2 ** 24, 4, 3)
    tag[7] = Math.floor(ms / 2 ** 24)
    if (tag[0] !== DATA) tags.push(tag)
    at = end
  }
  return Buffer.concat(tags)
}

const FLV_HEADER_BYTES = 13

test.each([
  ['begin again', 0],
  ['jump ahead', 700_000],
])('the times of an FLV %s', async (_, byMs) => {
  const half = await readFile(await studio.make('half.flv', ...HALF, ...PLAIN, ...AAC, '-ar', '44100'))
  const video = await write(`by-${byMs}.flv`, Buffer.concat([half, later(half, byMs)]))
  await expectSigns(studio, { files: { video } }, { ...JOINED, codes: ['times-rejoined'] })
})

test.each([30, 93_600])('an FLV that starts at %d s lasts as long as its packets', async (sec) => {
  const flv = await readFile(
    await studio.make('live.flv', ...HALF, ...PLAIN, '-c:a', 'libmp3lame', '-ar', '44100'),
  )
  const video = await write(
    `late-${sec}.flv`,
    Buffer.concat([flv.subarray(0, FLV_HEADER_BYTES), later(flv, sec * 1000)]),
  )
  const wanted = { rate: RATE, frames: SECONDS * RATE, seconds: secondsUntil(SECONDS) }
  await expectSigns(studio, { files: { video } }, wanted)
})

test('a jump by 50 000 s in MPEG-TS, which the header takes for a length above the limit', async () => {
  const [first, second] = await Promise.all(
    [0, 50_000].map(async (sec) => {
      const args = [...HALF, ...PLAIN, ...AAC, '-output_ts_offset', String(sec)]
      return readFile(await studio.make(`from-${sec}.ts`, ...args))
    }),
  )
  const video = await write('jump.ts', Buffer.concat([first ?? Buffer.of(), second ?? Buffer.of()]))
  const tools = { ffmpegPath: FFMPEG, ffprobePath: FFPROBE, fontConfigPath: '/nonexistent' }
  // An upload without a length is measured while the client waits.
  expect((await createProber(tools).probe(video)).durationSec).toBe(0)
  await expectSigns(studio, { files: { video } }, { ...JOINED, codes: ['times-rejoined'] })
})
