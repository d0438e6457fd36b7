import { open } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { NO_EXTRAS } from '../../src/edit/output/extras.js'
import { frameTimes, keyFrameTimes, readNumbers } from '../support/frames.js'
import { AAC, beeps, ffprobe, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { type RenderedFile, useStudio } from '../support/render.js'
import { decodeSound, findBeeps } from '../support/sound.js'

const studio = useStudio()
const TAGS = [
  '-metadata',
  'title=Secret',
  '-metadata',
  'location=+48.1+11.5/',
  '-movflags',
  'use_metadata_tags',
]

async function makeClip(name: string, rate: string): Promise<string> {
  const source = lavfi(numberedVideo({ rate, seconds: 4.2 }))
  return studio.make(name, ...source, ...lavfi(beeps(4.2)), ...H264, ...AAC, ...TAGS)
}

async function boxesOf(path: string): Promise<string[]> {
  const file = await open(path)
  try {
    const names: string[] = []
    const { size } = await file.stat()
    for (let offset = 0; offset < size;) {
      const { buffer } = await file.read(Buffer.alloc(8), 0, 8, offset)
      names.push(buffer.toString('latin1', 4, 8))
      offset += buffer.readUInt32BE(0)
    }
    return names
  } finally {
    await file.close()
  }
}

describe.each([
  ['25', 25],
  ['30000/1001', 30_000 / 1001],
])('the ladder of a video of %s frames a second', (rate, fps) => {
  let files: RenderedFile[] = []
  let source = ''

  beforeAll(async () => {
    source = await makeClip(`${rate.replace('/', '-')}.mp4`, rate)
    const edit = { operations: [], output: { ...NO_EXTRAS, qualities: ['240p', '480p', '360p'] as const } }
    files = await studio.renderEdit(edit, { video: source }, { encode: 'as-planned' })
  })

  test('has the sizes of its names, the largest first', () => {
    expect(files.map(({ name, facts }) => [name, facts.video?.width, facts.video?.height])).toEqual([
      ['480p', 854, 480],
      ['360p', 640, 360],
      ['240p', 426, 240],
    ])
  })

  test('has every frame of the source, evenly spaced', async () => {
    const numbers = await readNumbers(source)
    for (const { path } of files) {
      const times = await frameTimes(path)
      expect(times).toHaveLength(numbers.length)
      times.forEach((time, index) => expect(Math.abs(time - index / fps)).toBeLessThan(0.001))
    }
    const [largest] = files
    expect(await readNumbers480(largest?.path ?? '')).toEqual(numbers)
  })

  test('has a key frame every two seconds, at the same frames in each', async () => {
    for (const { path } of files) {
      const frames = (await keyFrameTimes(path)).map((time) => Math.round(time * fps))
      expect(frames).toEqual([0, Math.round(2 * fps), 2 * Math.round(2 * fps)])
    }
  })

  test('is in sync, and can play before it is fully loaded', async () => {
    for (const { path } of files) {
      const offsets = findBeeps(await decodeSound(path)).map(({ atSec, sourceSec }) => atSec - sourceSec)
      expect(offsets.length).toBeGreaterThanOrEqual(3)
      for (const offset of offsets) expect(Math.abs(offset)).toBeLessThan(0.01)
      const boxes = await boxesOf(path)
      expect(boxes.indexOf('moov')).toBeLessThan(boxes.indexOf('mdat'))
    }
  })

  test('has none of the titles and places of the source', async () => {
    expect(await ffprobe('-show_entries', 'format_tags', source)).toContain('Secret')
    for (const { path } of files) {
      const shown = await ffprobe('-show_entries', 'format_tags:stream_tags:chapter_tags', path)
      expect(shown).not.toMatch(/Secret|location|48\.1/)
    }
  })

  test('is H.264 High with 4:2:0 pixels and stereo AAC at 48 kHz', () => {
    for (const { facts } of files) {
      expect(facts.video).toMatchObject({ codec: 'h264', profile: 'High', pixelFormat: 'yuv420p' })
      expect(facts.audio).toMatchObject([{ codec: 'aac', channels: 2, sampleRate: 48_000 }])
    }
  })
})

/** The strip grows with the picture. */
async function readNumbers480(file: string): Promise<(number | null)[]> {
  const small = await studio.make('small.mkv', '-i', file, '-vf', 'scale=320:180', '-c:v', 'ffv1')
  return readNumbers(small)
}
