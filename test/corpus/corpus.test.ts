import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/errors.js'
import { compileEdit } from '../../src/plan/compile.js'
import { decodeRgb, readNumber, rgbAt } from '../support/frames.js'
import { useStudio } from '../support/render.js'
import { decodeChannels, decodeSound, findBeeps } from '../support/sound.js'
import { CONTAINERS } from './containers.js'
import type { ExpectedFile } from './corpus.js'
import { BROKEN } from './damaged.js'
import { PICTURES } from './pictures.js'
import { SOUNDS } from './sounds.js'
import { TIMES } from './times.js'

const studio = useStudio()
const FILES = [...CONTAINERS, ...PICTURES, ...SOUNDS, ...TIMES, ...BROKEN]

/** How much of 255 coding and rounding may change. */
const COLOR_NOISE = 12

/** One frame of 25 a second, and 20 ms. */
const SYNC_SEC = 0.06

describe('every kind of file that users have', () => {
  test.concurrent.each(FILES)('$name', async ({ name, make, change, expected }) => {
    const video = await studio.make(name, ...make)
    if (change) await writeFile(video, change(await readFile(video)))
    if ('error' in expected) {
      await expect(warnAndRender(video)).rejects.toMatchObject({ code: expected.error })
      return
    }
    const { path, codes, channels } = await warnAndRender(video)
    const isMeant = (code: string) => expected.hasAudio || code !== 'no-audio'
    expect(codes.filter(isMeant)).toEqual(expected.warnings.filter(isMeant).sort())
    await checkPicture(path, expected)
    await checkSound(path, expected, channels)
  })
})

/** Measures the file as a job does. The codes are those of the plan and of the decoding, each once. */
async function warnAndRender(video: string): Promise<{ path: string; codes: string[]; channels: number }> {
  const sources = await studio.survey({ video })
  const compilation = compileEdit({ operations: [], output: null }, sources, {
    outputPrefix: 'processed/test/',
  })
  if (!compilation.ok) throw new AppError('edit-unrenderable', JSON.stringify(compilation.issues))
  const { path, warnings, facts } = await studio.render([], { video })
  const codes = new Set([...compilation.plan.warnings, ...warnings].map(({ code }) => code))
  return { path, codes: [...codes].sort(), channels: facts.audio[0]?.channels ?? 0 }
}

async function checkPicture(
  path: string,
  { width, height, frames, color, numbers }: ExpectedFile,
): Promise<void> {
  const pictures = await decodeRgb(path)
  const [least, most] = typeof frames === 'number' ? [frames, frames] : frames
  expect(pictures.length).toBeGreaterThanOrEqual(least)
  expect(pictures.length).toBeLessThanOrEqual(most)
  const [first] = pictures
  expect([first?.width, first?.height]).toEqual([width, height])
  if (numbers) {
    const ends = [pictures.at(0), pictures.at(-1)].map((picture) => picture && readNumber(picture))
    expect(ends).toEqual(numbers.map((number, index) => number ?? ends[index]))
  }
  if (!color || !first) return
  const middle = rgbAt(first, width / 2, height / 2)
  const error = Math.max(...middle.map((value, index) => Math.abs(value - (color[index] ?? NaN))))
  expect(error, `${middle.join()} for ${color.join()}`).toBeLessThanOrEqual(COLOR_NOISE)
}

async function checkSound(
  path: string,
  { hasAudio, beepSec, peak }: ExpectedFile,
  channels: number,
): Promise<void> {
  if (!hasAudio) return
  const samples = await decodeSound(path)
  if (beepSec !== undefined) {
    const beep = findBeeps(samples).find(({ sourceSec }) => sourceSec === 1)
    expect(Math.abs((beep?.atSec ?? NaN) - beepSec)).toBeLessThan(SYNC_SEC)
  }
  if (peak !== undefined) {
    const [left = samples] = await decodeChannels(path, channels)
    const level = left.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    // AAC, and channels of which some are left out, change that by less than 2.5 dB.
    expect(level).toBeGreaterThan(peak * 0.75)
    expect(level).toBeLessThan(peak * 1.2)
  }
}
