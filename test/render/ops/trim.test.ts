import { beforeAll, describe, expect, test } from 'vitest'
import { readNumbers } from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../../support/sound.js'

const studio = useStudio()
const SECONDS = 4
const AAC_FRAME_SEC = 1024 / 48_000
const SYNC_SEC = 0.01

const RATES: Readonly<Record<string, number>> = { '24': 24, '25': 25, '30000/1001': 30_000 / 1001, '60': 60 }

/**
 * Containers that keep time differently: MP4 in ticks of its own, Matroska in milliseconds, MPEG-TS from an offset on.
 */
const CONTAINERS = ['mp4', 'mkv', 'ts']

const EVERYWHERE = [
  ['between two frames', 1.2345, 2.3456],
  ['up to the end', 2.1, SECONDS],
] as const

const AT_25 = [
  ['from 0', 0, 1.2],
  ['of one frame', 2, 2.01],
  ['of the first frame', 0, 0.02],
  ['of the last frame', 3.96, 4],
  ['from a key frame on', 1.2, 2.4],
  ['from before a key frame on', 1.16, 2.4],
  ['from just after a frame', 1.961, 3.2],
  ['from just before a frame', 1.959, 3.2],
] as const

const clips = new Map<string, string>()

beforeAll(async () => {
  await Promise.all(Object.keys(RATES).map(makeClips))
})

async function makeClips(rate: string): Promise<void> {
  const name = rate.replace('/', '-')
  const sources = [...lavfi(numberedVideo({ rate, seconds: SECONDS })), ...lavfi(beeps(SECONDS))]
  const mp4 = await studio.make(`${name}.mp4`, ...sources, ...H264, ...AAC)
  clips.set(`${rate} mp4`, mp4)
  for (const container of ['mkv', 'ts']) {
    clips.set(`${rate} ${container}`, await studio.make(`${name}.${container}`, '-i', mp4, '-c', 'copy'))
  }
}

async function expectExact(rate: string, container: string, start: number, end: number): Promise<void> {
  const fps = RATES[rate] ?? NaN
  const first = Math.round(start * fps)
  const length = Math.max(1, Math.round(end * fps) - first)
  const video = clips.get(`${rate} ${container}`) ?? ''
  const { path } = await studio.render([{ type: 'trim', start_time: start, end_time: end, mode: 'exact' }], {
    video,
  })
  expect(await readNumbers(path)).toEqual(Array.from({ length }, (_, index) => first + index))
  const sound = await decodeSound(path)
  expect(Math.abs(soundSec(sound) - length / fps)).toBeLessThan(AAC_FRAME_SEC)
  const beepsKept = findBeeps(sound)
  expect(beepsKept.length).toBeGreaterThanOrEqual(Math.floor(end - 0.25) - Math.floor(start))
  for (const { atSec, sourceSec } of beepsKept) {
    expect(Math.abs(sourceSec - atSec - first / fps)).toBeLessThan(SYNC_SEC)
  }
}

describe.each(Object.keys(RATES))('at %s frames a second', (rate) => {
  describe.each(CONTAINERS)('a trim of %s', (container) => {
    test.each(EVERYWHERE)('%s keeps exactly the frames and the sound of its stretch', (_, start, end) =>
      expectExact(rate, container, start, end),
    )
  })
})

test.each(AT_25)(
  'at 25 frames a second, a trim %s keeps exactly the frames and the sound of its stretch',
  (_, start, end) => expectExact('25', 'mp4', start, end),
)

test.each([
  ['24', 29],
  ['24', 31],
  ['30000/1001', 31],
  ['30000/1001', 61],
  ['60', 73],
  ['60', 110],
])('at %s frames a second, milliseconds of Matroska do not hide frame %i', async (rate, frame) => {
  const start = frame / (RATES[rate] ?? NaN)
  await expectExact(rate, 'mkv', start, start + 0.3)
})
