import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { Stretch } from '../../../src/edit/operations/trim.js'
import { fieldFile } from '../../support/field-file.js'
import { decodeGray, readNumber } from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { turnArgs } from '../../support/pictures/turned.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, findBeeps } from '../../support/sound.js'
import { readSigns } from '../support.js'

const studio = useStudio()
const SYNC_SEC = 0.02
const SECONDS = 6

/** Containers and codecs of each kind: without an index, with coarse clocks, with frames that depend on later ones. */
const SOURCES: readonly (readonly [name: string, rate: string, coding: readonly string[]])[] = [
  ['source.ts', '25', [...H264, ...AAC, '-f', 'mpegts']],
  ['source.webm', '30000/1001', ['-c:v', 'libvpx', '-b:v', '2M', '-deadline', 'realtime', '-c:a', 'libopus']],
  ['source.mov', '24', ['-c:v', 'mpeg4', '-q:v', '3', '-bf', '2', '-c:a', 'pcm_s16le']],
]

const part = (start_time: number, end_time: number): Stretch => ({ start_time, end_time })

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

interface Shown {
  /** The frame of the source that each frame of the result shows. */
  readonly frames: readonly number[]
  readonly rate: number
  /** Whether a beep of the source is a sign of sync: within a stretch of another pace it is smeared. */
  readonly isSign: (frame: number) => boolean
}

async function expectShown(path: string, { frames, rate, isSign }: Shown): Promise<void> {
  const numbers = (await decodeGray(path)).map((picture) => readNumber(picture))
  expect(numbers).toEqual(frames)
  const heard = findBeeps(await decodeSound(path))
  let signs = 0
  for (const { atSec, sourceSec } of heard) {
    const frame = sourceSec * rate
    if (!isSign(frame)) continue
    const moments = frames.flatMap((number, at) =>
      number === Math.floor(frame) ? (at + (frame % 1)) / rate : [],
    )
    expect(Math.min(...moments.map((sec) => Math.abs(sec - atSec)))).toBeLessThan(SYNC_SEC)
    signs += 1
  }
  expect(signs).toBeGreaterThan(0)
}

describe.each(SOURCES)('of %s at %s frames a second', (name, rateText, coding) => {
  const [num = 0, den = 1] = rateText.split('/').map(Number)
  const rate = num / den
  const at = (sec: number) => Math.round(sec * rate)
  const make = () => {
    const inputs = [...lavfi(numberedVideo({ rate: rateText, seconds: SECONDS })), ...lavfi(beeps(SECONDS))]
    return studio.make(name, ...inputs, ...coding)
  }

  test('parts in another order, one of them twice, are joined in sync', async () => {
    const segments = [part(3.6, 5.4), part(0.5, 2.4), part(1.7, 2.4), part(3.6, 5.4)]
    const operations: Operation[] = [{ type: 'trim', segments, mode: 'exact' }]
    const { path } = await studio.render(operations, { video: await make() })
    const frames = segments.flatMap(({ start_time, end_time }) => range(at(start_time), at(end_time)))
    await expectShown(path, { frames, rate, isSign: () => true })
  })

  test('a stretch at three times the speed leaves the rest in sync', async () => {
    const operation: Operation = { type: 'speed', factor: 3, start_time: 1.4, end_time: 3.4 }
    const { path, facts } = await studio.render([operation], { video: await make() })
    const [start, end] = [at(1.4), at(3.4)]
    const paced = Math.round((end - start) / 3)
    const total = Math.round((facts.video?.durationSec ?? NaN) * rate)
    const frames = (await decodeGray(path)).map((picture) => readNumber(picture) ?? NaN)
    expect(frames.slice(0, start)).toEqual(range(0, start))
    expect(frames.slice(start + paced)).toEqual(range(end, end + total - start - paced))
    await expectShown(path, { frames, rate, isSign: (frame) => frame < start || frame >= end })
  })
})

test('a film whose frames are missing here and there is slowed in sync', async () => {
  const video = await fieldFile(studio, 'vfr-4-percent-dropped.mp4')
  const { path, facts } = await studio.render(
    [{ type: 'speed', factor: 0.5, start_time: 0, end_time: 2.5 }],
    {
      video,
    },
  )
  expect(facts.video?.frameCount).toBe(255)
  const { flashes, tones } = await readSigns(path, 30)
  // The seconds 1 and 2 of the source, slowed, and 3, 4 and 5, which are not. Slowed tones swell.
  const [shown, heard] = [flashes.slice(0, 2), tones.slice(0, 2)]
  shown.forEach((sec, index) => expect(Math.abs(sec - 2 * (index + 1))).toBeLessThan(SYNC_SEC))
  heard.forEach((sec, index) => expect(Math.abs(sec - 2 * (index + 1))).toBeLessThan(2.5 * SYNC_SEC))
  for (const sec of [5.5, 6.5, 7.5]) {
    for (const signs of [flashes, tones]) {
      expect(Math.min(...signs.map((at) => Math.abs(at - sec)))).toBeLessThan(SYNC_SEC)
    }
  }
})

test('a zoom keeps places and numbers of a picture that is stored lying and has odd sides after a crop', async () => {
  const lying = lavfi(numberedVideo({ rate: '25', seconds: 2, width: 320, height: 180 }))
  const flat = await studio.make('flat.mp4', ...lying, ...H264)
  const video = await studio.make('turned.mp4', ...(await turnArgs(flat, 90)))
  const turned: Operation[] = [
    { type: 'rotate', angle: 270 },
    { type: 'crop', width: 319, height: 179, x: 0, y: 0 },
  ]
  const upright = await studio.render(turned, { video })
  const zoom: Operation = {
    ...{ type: 'zoom', from: null, easing: 'linear', start_time: 0.4, end_time: 1 },
    to: { width: 200, height: null, x: null, y: null },
  }
  const zoomed = await studio.render([...turned, zoom], { video })
  const [before, after] = [await decodeGray(upright.path), await decodeGray(zoomed.path)]
  expect(after).toHaveLength(50)
  expect(after.slice(0, 11).map((picture) => readNumber(picture))).toEqual(
    before.slice(0, 11).map((picture) => readNumber(picture)),
  )
  // The middle stays where it is.
  const middle = ({ data, width, height }: { data: Uint8Array; width: number; height: number }) =>
    data[Math.floor(height / 2) * width + Math.floor(width / 2)] ?? NaN
  for (const [index, picture] of after.entries()) {
    const plain = before[index]
    expect(Math.abs(middle(picture) - (plain ? middle(plain) : NaN))).toBeLessThanOrEqual(3)
  }
})
