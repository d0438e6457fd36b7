import { describe, expect, test } from 'vitest'
import { decodeRgb, readNumbers, rgbAt } from '../support/frames.js'
import { compile, useStudio } from '../support/render.js'
import { decodeSound, findBeeps } from '../support/sound.js'
import { CONTAINERS } from './containers.js'
import type { ExpectedFile } from './corpus.js'
import { PICTURES } from './pictures.js'
import { SOUNDS } from './sounds.js'

const studio = useStudio()
const FILES = [...CONTAINERS, ...PICTURES, ...SOUNDS]

/** Of 255: what coding and rounding may change. */
const COLOR_NOISE = 12

/** One frame of 25 a second, and 20 ms. */
const SYNC_SEC = 0.06

describe('every file that users have', () => {
  test.each(FILES)('$name', async ({ name, make, expected }) => {
    const video = await studio.make(name, ...make)
    if ('error' in expected) {
      const sources = studio
        .survey({ video })
        .then((found) => compile({ operations: [], output: null }, found))
      await expect(sources).rejects.toThrow()
      return
    }
    const plan = compile({ operations: [], output: null }, await studio.survey({ video }))
    const codes = plan.warnings
      .map(({ code }) => code)
      .filter((code) => expected.hasAudio || code !== 'no-audio')
    const wanted = expected.warnings.filter((code) => expected.hasAudio || code !== 'no-audio')
    expect([...codes].sort()).toEqual([...wanted].sort())
    const { path } = await studio.render([], { video })
    await checkPicture(path, expected)
    await checkSound(path, expected)
  })
})

async function checkPicture(
  path: string,
  { width, height, frames, color, numbers }: ExpectedFile,
): Promise<void> {
  const pictures = await decodeRgb(path)
  expect(pictures).toHaveLength(frames)
  const [first] = pictures
  expect([first?.width, first?.height]).toEqual([width, height])
  if (numbers) {
    const read = await readNumbers(path)
    expect([read[0], read.at(-1)]).toEqual(numbers)
  }
  if (!color || !first) return
  const middle = rgbAt(first, width / 2, height / 2)
  const error = Math.max(...middle.map((value, index) => Math.abs(value - (color[index] ?? NaN))))
  expect(error, `${middle.join()} for ${color.join()}`).toBeLessThanOrEqual(COLOR_NOISE)
}

async function checkSound(path: string, { hasAudio, beepSec, peak }: ExpectedFile): Promise<void> {
  if (!hasAudio) return
  const samples = await decodeSound(path)
  if (beepSec !== undefined) {
    const beep = findBeeps(samples).find(({ sourceSec }) => sourceSec === 1)
    expect(Math.abs((beep?.atSec ?? NaN) - beepSec)).toBeLessThan(SYNC_SEC)
  }
  if (peak !== undefined) {
    const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    // Both sides are summed at −3 dB; AAC and channels of which some are left out move it by less than 2.5 dB.
    const level = loudest / Math.SQRT2
    expect(level).toBeGreaterThan(peak * 0.75)
    expect(level).toBeLessThan(peak * 1.2)
  }
}
