import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { Stretch } from '../../../src/edit/operations/trim.js'
import { decodeGray, readNumber, readNumbers } from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../../support/sound.js'

const studio = useStudio()
const NTSC = 30_000 / 1001
const AAC_FRAME_SEC = 1024 / 48_000

const clips = { plain: '', short: '', silent: '', pulses: '' }

beforeAll(async () => {
  const video = lavfi(numberedVideo({ rate: '25', seconds: 4 }))
  clips.plain = await studio.make('plain.mp4', ...video, ...lavfi(beeps(4)), ...H264, ...AAC)
  clips.short = await studio.make('short.mp4', ...video, ...lavfi(beeps(2.5)), ...H264, ...AAC)
  clips.silent = await studio.make('silent.mp4', ...video, ...H264)
  // A tone in the frames 0, 1, 8, 9, 16, 17 and so on, silence in all others.
  const pulse = `aevalsrc='if(lt(mod(floor(t*30000/1001+1e-6),8),2),0.8*sin(2*PI*2000*t),0)':s=48000:d=7`
  const long = lavfi(numberedVideo({ rate: '30000/1001', seconds: 7 }))
  clips.pulses = await studio.make('pulses.mkv', ...long, ...lavfi(pulse), ...H264, '-c:a', 'flac')
})

const part = (start_time: number, end_time: number): Stretch => ({ start_time, end_time })
const keep = (...segments: Stretch[]): Operation => ({ type: 'trim', segments, mode: 'exact' })
const remove = (...parts: Stretch[]): Operation => ({ type: 'trim', remove: parts, mode: 'exact' })

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

describe.each<[string, Operation, number[]]>([
  ['segments', keep(part(0.4, 1.2), part(1.8, 2.2), part(3.6, 4)), [10, 30, 45, 55, 90, 100]],
  ['segments that touch', keep(part(0.4, 1.2), part(1.2, 2.2), part(2.8, 4)), [10, 55, 70, 100]],
  ['removed parts', remove(part(0.4, 1.2), part(1.8, 2.2)), [0, 10, 30, 45, 55, 100]],
  ['the removed ends', remove(part(0, 0.8), part(3.4, 4)), [20, 85]],
])('a trim by %s', (_, operation, borders) => {
  const windows = borders.flatMap((start, index) =>
    index % 2 ? [] : [{ start, end: borders[index + 1] ?? 0 }],
  )
  const frames = windows.flatMap(({ start, end }) => range(start, end))

  test.each<[string, Operation[]]>([
    ['as the first operation', [operation]],
    ['after another operation', [{ type: 'volume', gain_db: 0 }, operation]],
  ])('%s keeps exactly their frames and sound', async (_where, operations) => {
    const { path } = await studio.render(operations, { video: clips.plain })
    expect(await readNumbers(path)).toEqual(frames)
    const sound = await decodeSound(path)
    expect(Math.abs(soundSec(sound) - frames.length / 25)).toBeLessThan(AAC_FRAME_SEC)
    const heard = findBeeps(sound)
    expect(heard.map(({ sourceSec }) => sourceSec)).toEqual(
      [1, 2, 3].filter((second) => frames.includes(second * 25)),
    )
    for (const { atSec, sourceSec } of heard) {
      expect(Math.abs(atSec - frames.indexOf(sourceSec * 25) / 25)).toBeLessThan(0.01)
    }
  })
})

describe.each<[string, Operation, number[]]>([
  ['in another order', keep(part(3.6, 4), part(0.4, 1.2), part(1.8, 2.2)), [90, 100, 10, 30, 45, 55]],
  ['that overlap', keep(part(0.4, 2.2), part(1.8, 3.4)), [10, 55, 45, 85]],
  ['that come again', keep(part(0.8, 1.4), part(0.8, 1.4), part(0.8, 1.4)), [20, 35, 20, 35, 20, 35]],
])('a trim by segments %s', (_, operation, borders) => {
  const windows = borders.flatMap((start, index) =>
    index % 2 ? [] : [range(start, borders[index + 1] ?? 0)],
  )
  const frames = windows.flat()

  test.each<[string, Operation[]]>([
    ['as the first operation', [operation]],
    [
      'after another operation',
      [{ type: 'pad', width: 320, height: 200, background: 'color', color: 'red' }, operation],
    ],
  ])('%s joins exactly their frames and sound, as given', async (_where, operations) => {
    const { path } = await studio.render(operations, { video: clips.plain })
    const top = operations.length > 1 ? 10 : 0
    expect((await decodeGray(path)).map((picture) => readNumber(picture, { y: top }))).toEqual(frames)
    const sound = await decodeSound(path)
    expect(Math.abs(soundSec(sound) - frames.length / 25)).toBeLessThan(AAC_FRAME_SEC)
    const wanted = frames.flatMap((frame, index) => (frame % 25 === 0 && frame > 0 ? [index] : []))
    const heard = findBeeps(sound)
    expect(heard).toHaveLength(wanted.length)
    for (const [index, { atSec, sourceSec }] of heard.entries()) {
      expect(frames[wanted[index] ?? 0]).toBe(sourceSec * 25)
      expect(Math.abs(atSec - (wanted[index] ?? NaN) / 25)).toBeLessThan(0.01)
    }
  })
})

test('segments in another order of sound alone are joined as given', async () => {
  const video = await studio.make('beeps.flac', ...lavfi(beeps(4)))
  const operations = [keep(part(2.6, 3.5), part(0.5, 1.5))]
  const [file] = await studio.renderEdit({ operations, output: { container: 'wav' } }, { video })
  const sound = await decodeSound(file?.path ?? '')
  expect(soundSec(sound)).toBeCloseTo(1.9, 5)
  expect(findBeeps(sound).map(({ sourceSec }) => sourceSec)).toEqual([3, 1])
  for (const [index, { atSec }] of findBeeps(sound).entries()) {
    expect(Math.abs(atSec - ([0.4, 1.4][index] ?? NaN))).toBeLessThan(0.01)
  }
})

test('fifty segments at 30000/1001 do not drift: picture and sound of each begin at its frame', async () => {
  const segments = range(0, 50).map((index) => part((4 * index) / NTSC, (4 * index + 2) / NTSC))
  const { path } = await studio.render([keep(...segments)], { video: clips.pulses })
  expect(await readNumbers(path)).toEqual(range(0, 100).map((frame) => frame + 2 * Math.floor(frame / 2)))
  const sound = await decodeSound(path)
  for (const segment of range(0, 50)) {
    const [from, to] = [2 * segment, 2 * segment + 2].map((frame) => Math.round((frame / NTSC) * 48_000))
    const inside = sound.subarray((from ?? 0) + 240, (to ?? 0) - 240)
    const loudness = Math.sqrt(inside.reduce((sum, value) => sum + value ** 2, 0) / inside.length)
    if (segment % 2 === 0) expect(loudness).toBeGreaterThan(0.5)
    else expect(loudness).toBeLessThan(0.05)
  }
})

test('parts after the end of the sound are silent, as are parts of a silent video', async () => {
  const operation = keep(part(1, 1.4), part(3, 3.4))
  const short = await studio.render([operation], { video: clips.short })
  expect(await readNumbers(short.path)).toEqual([...range(25, 35), ...range(75, 85)])
  expect(Math.abs(soundSec(await decodeSound(short.path)) - 0.8)).toBeLessThan(AAC_FRAME_SEC)
  const silent = await studio.render([operation], { video: clips.silent })
  expect(await readNumbers(silent.path)).toEqual([...range(25, 35), ...range(75, 85)])
  expect(silent.facts.audio).toEqual([])
})

test('trims and later operations count their times on what the operations before them have left', async () => {
  const operations = [keep(part(1, 2), part(3, 4)), remove(part(0.8, 1.2)), keep(part(0.4, 1.2))]
  const { path } = await studio.render(operations, { video: clips.plain })
  expect(await readNumbers(path)).toEqual([...range(35, 45), ...range(80, 90)])
})
