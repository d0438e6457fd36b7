import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseLayout, type Work } from '../../../src/plan/chunks/choose-layout.js'
import { cutFrames } from '../../../src/plan/chunks/cut-frames.js'

/** A ladder of 1080p, 720p and 480p of 25 frames a second. */
function ladderOf(durationSec: number): Work {
  const frames = durationSec * 25
  return {
    encodeCosts: [2.07, 0.92, 0.41].map((megapixels) => megapixels * frames),
    editCost: 0.3 * frames,
    soundCost: 0.2 * durationSec,
    gops: Math.ceil(durationSec / 2),
    durationSec,
  }
}

describe('a job is cut', () => {
  test('into enough chunks for every slot, all renditions of most of them together', () => {
    const { chunks, split } = chooseLayout(ladderOf(30), 2)
    expect(split).toBeLessThan(chunks)
    expect(chunks).toBeGreaterThanOrEqual(2)
    expect(chunks).toBeLessThanOrEqual(7)
  })

  test('by rendition, too, when there are more slots than chunks', () => {
    const { chunks, split } = chooseLayout(ladderOf(30), 64)
    expect(chunks).toBeGreaterThanOrEqual(5)
    expect(split).toBe(chunks)
  })

  test('into no more passes than there are slots when there are just as many', () => {
    const { chunks, split } = chooseLayout({ ...ladderOf(252), encodeCosts: [6000] }, 64)
    expect(split).toBe(0)
    expect(chunks).toBe(63)
  })

  test('not at all when it is short or small', () => {
    expect(chooseLayout(ladderOf(3), 8).chunks).toBe(1)
    expect(chooseLayout({ ...ladderOf(10), encodeCosts: [1], editCost: 1 }, 8).chunks).toBe(1)
  })

  test('into chunks of a minute at most on a single slot, so that a crash costs no more', () => {
    expect(chooseLayout(ladderOf(600), 1).chunks).toBeGreaterThanOrEqual(10)
  })

  test('into 256 passes at most, however long it is and however many the slots', () => {
    for (const durationSec of [3600, 12 * 3600]) {
      for (const slots of [1, 8, 1000]) {
        const work = ladderOf(durationSec)
        const { chunks, split } = chooseLayout(work, slots)
        expect(chunks + split * (work.encodeCosts.length - 1)).toBeLessThanOrEqual(256)
      }
    }
  })
})

test('chunks are whole GOPs, follow one another and make up all frames', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 256 }),
      (frameCount, gopFrames, chunks) => {
        const windows = cutFrames(frameCount, gopFrames, chunks)
        expect(windows[0]?.start).toBe(0)
        expect(windows.at(-1)?.end).toBe(frameCount)
        for (const [index, { start, end }] of windows.entries()) {
          expect(end).toBeGreaterThan(start)
          expect(start % gopFrames).toBe(0)
          expect(start).toBe(windows[index - 1]?.end ?? 0)
        }
        const lengths = windows.map(({ start, end }) => Math.ceil((end - start) / gopFrames))
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1)
      },
    ),
  )
})
