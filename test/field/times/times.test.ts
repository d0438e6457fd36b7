import { expect, test } from 'vitest'
import { fieldFile } from '../../support/field-file.js'
import { useStudio } from '../../support/render.js'
import { readSigns, type Signs } from '../support.js'

const studio = useStudio()
const SYNC_SEC = 0.02

/** The picture turns bright at each second, and a tone begins with it. */
const FILES: readonly (readonly [
  name: string,
  is: { readonly rate: number } & Pick<Signs, 'frames' | 'changes'> & { readonly seconds: readonly number[] },
])[] = [
  ['ts-times-restart.mpegts', { rate: 30, frames: 240, changes: 240, seconds: [1, 2, 3, 4, 5, 6, 7] }],
  ['ts-times-jump-1000s.mpegts', { rate: 30, frames: 240, changes: 240, seconds: [1, 2, 3, 4, 5, 6, 7] }],
  ['vfr-4-percent-dropped.mp4', { rate: 30, frames: 180, changes: 173, seconds: [1, 2, 3, 4, 5] }],
  ['vfr-burst-then-still.mp4', { rate: 30, frames: 210, changes: 90, seconds: [1, 6] }],
  ['gif-variable-delays.gif', { rate: 20, frames: 99, changes: 21, seconds: [] }],
  ['flv-starts-late.flv', { rate: 30, frames: 120, changes: 120, seconds: [1, 2, 3] }],
  ['webm-no-duration.webm', { rate: 30, frames: 120, changes: 120, seconds: [1, 2, 3] }],
  ['fragmented-bframes-audio-early.mp4', { rate: 30, frames: 182, changes: 180, seconds: [1, 2, 3, 4, 5] }],
  ['audio-hole-85ms.mkv', { rate: 30, frames: 180, changes: 180, seconds: [2, 3, 4, 5] }],
]

test.each(FILES)('%s has all of its frames, at their times, in sync with the sound', async (name, is) => {
  const video = await fieldFile(studio, name)
  const { path, facts } = await studio.render([], { video })
  const { num, den } = facts.video?.frameRate ?? { num: 0, den: 1 }
  expect(num / den).toBe(is.rate)
  const signs = await readSigns(path, is.rate)
  expect(signs).toMatchObject({ frames: is.frames, changes: is.changes })
  expect(signs.flashes.map(Math.floor)).toEqual(expect.arrayContaining([...is.seconds]))
  for (const flash of signs.flashes) {
    const nearest = Math.min(...signs.tones.map((at) => Math.abs(at - flash)))
    if (is.seconds.includes(Math.floor(flash))) expect(nearest).toBeLessThanOrEqual(SYNC_SEC)
  }
})
