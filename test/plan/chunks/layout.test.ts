import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseLayout, evenly } from '../../../src/plan/chunks/choose-layout.js'
import { type Layout, layoutWindows, type Work } from '../../../src/plan/chunks/layout.js'
import { shareOut } from '../../../src/plan/chunks/share-out.js'

const BYTES_PER_PIXEL = 165

function workOf(durationSec: number, megapixels: readonly number[]): Work {
  const frames = durationSec * 25
  return {
    renditions: megapixels.map((one) => ({
      encodeCost: one * frames,
      encodeBytes: one * 1e6 * BYTES_PER_PIXEL,
    })),
    editCost: 0.3 * frames,
    editBytes: 1e8,
    soundCost: 0.6 * durationSec,
    gops: Math.ceil(durationSec / 2),
    durationSec,
  }
}

/** A ladder of 1080p, 720p and 480p of 25 frames a second. */
function ladderOf(durationSec: number): Work {
  return workOf(durationSec, [2.07, 0.92, 0.41])
}

const gopsOf = (layout: Layout) => layout.reduce((sum, { gops }) => sum + gops, 0)
const passesOf = (layout: Layout) => layout.reduce((sum, { passCount }) => sum + passCount, 0)

describe('a job is cut', () => {
  test('into equal chunks of all renditions, and a short one of several passes that fills the slots to the end', () => {
    const layout = chooseLayout(ladderOf(30), 2)
    const [first, second, last] = layout
    expect(layout).toHaveLength(3)
    expect([first?.passCount, second?.passCount]).toEqual([1, 1])
    expect(first?.gops).toBe(second?.gops)
    expect(last?.gops).toBeLessThan(first?.gops ?? 0)
    expect(last?.passCount).toBeGreaterThan(1)
  })

  test('by rendition, too, when there are more slots than chunks', () => {
    for (const { passCount } of chooseLayout(ladderOf(30), 64)) expect(passCount).toBeGreaterThan(1)
  })

  test('into no more passes than there are slots when there are just as many', () => {
    expect(passesOf(chooseLayout(workOf(1260, [2.07]), 64))).toBe(63)
  })

  test('not at all when it is short or small', () => {
    expect(chooseLayout(ladderOf(3), 8)).toHaveLength(1)
    expect(chooseLayout({ ...workOf(10, [0.004]), editCost: 1 }, 8)).toHaveLength(1)
  })

  test('at a seventh of its GOPs at most, since each join costs bits', () => {
    for (const durationSec of [5, 10, 60, 600]) {
      const { gops } = ladderOf(durationSec)
      expect(chooseLayout(ladderOf(durationSec), 1000).length - 1).toBeLessThanOrEqual(gops / 7)
    }
  })

  test('into chunks of a minute at most on a single slot, so that a crash costs no more', () => {
    const layout = chooseLayout(ladderOf(600), 1)
    expect(Math.max(...layout.map(({ gops }) => gops))).toBeLessThanOrEqual(30)
  })

  test('so that no pass takes more memory than a slot has', () => {
    const work = workOf(60, [8.3, 2.07, 0.92, 0.41])
    for (const { passCount } of chooseLayout(work, 2)) {
      const shares = shareOut(work.renditions, ({ encodeCost }) => encodeCost, passCount)
      for (const share of shares) {
        const bytes = share.reduce((sum, { encodeBytes }) => sum + encodeBytes, work.editBytes)
        expect(bytes).toBeLessThanOrEqual(1.7e9)
      }
    }
  })

  test('into 256 passes at most, however long it is and however many the slots', () => {
    for (const durationSec of [3600, 12 * 3600]) {
      for (const slots of [1, 8, 1000]) {
        expect(passesOf(chooseLayout(ladderOf(durationSec), slots))).toBeLessThanOrEqual(256)
      }
    }
  })

  test('completely, whatever its length and the slots', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1500 }),
        fc.integer({ min: 1, max: 80 }),
        (durationSec, slots) => {
          const work = ladderOf(durationSec)
          const layout = chooseLayout(work, slots)
          expect(gopsOf(layout)).toBe(work.gops)
          expect(layout.every(({ gops, passCount }) => gops > 0 && passCount > 0)).toBe(true)
          expect(layout.length - 1).toBeLessThanOrEqual(work.gops / 7)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('the windows of a layout', () => {
  const layout: Layout = [
    { gops: 3, passCount: 1 },
    { gops: 2, passCount: 2 },
  ]

  test('are whole GOPs up to the last frame', () => {
    const windows = layoutWindows(layout, 117, 25).map(({ window }) => window)
    expect(windows).toEqual([
      { start: 0, end: 75 },
      { start: 75, end: 117 },
    ])
  })

  test('take in all frames of a film with other GOPs, and leave no chunk empty', () => {
    expect(layoutWindows(layout, 130, 24).map(({ window }) => window.end)).toEqual([72, 130])
    expect(layoutWindows(layout, 70, 24).map(({ window }) => window)).toEqual([{ start: 0, end: 70 }])
  })
})

test('renditions are shared out evenly and completely, the largest share first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 10 }),
      (costs, passCount) => {
        const items = costs.map((cost, id) => ({ cost, id }))
        const shares = shareOut(items, ({ cost }) => cost, passCount)
        expect(shares).toHaveLength(Math.min(passCount, items.length))
        expect(shares.flat().sort((a, b) => a.id - b.id)).toEqual(items)
        const sums = shares.map((share) => share.reduce((sum, { cost }) => sum + cost, 0))
        expect(sums).toEqual([...sums].sort((a, b) => b - a))
        // What the fullest has more than the emptiest is at most one item.
        expect((sums[0] ?? 0) - (sums.at(-1) ?? 0)).toBeLessThanOrEqual(Math.max(...costs))
      },
    ),
  )
})

test('chunks are whole GOPs, follow one another and make up all frames', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 256 }),
      (frameCount, gopFrames, chunks) => {
        const gops = Math.ceil(frameCount / gopFrames)
        const even = evenly(gops, chunks).map((one) => ({ gops: one, passCount: 1 }))
        const windows = layoutWindows(even, frameCount, gopFrames).map(({ window }) => window)
        expect(windows).toHaveLength(Math.min(gops, chunks))
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
