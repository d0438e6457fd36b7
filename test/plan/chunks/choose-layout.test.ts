import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseLayout } from '../../../src/plan/chunks/choose-layout.js'
import type { Layout, Work } from '../../../src/plan/chunks/layout.js'
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

  test('into no chunks when it is short or small', () => {
    expect(chooseLayout(ladderOf(3), 8)).toHaveLength(1)
    expect(chooseLayout({ ...workOf(10, [0.004]), editCost: 1 }, 8)).toHaveLength(1)
  })

  test('at no more than one in seven of its GOPs, since each join costs bits', () => {
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

  test('into 256 passes at most, for any length and any number of slots', () => {
    for (const durationSec of [3600, 12 * 3600]) {
      for (const slots of [1, 8, 1000]) {
        expect(passesOf(chooseLayout(ladderOf(durationSec), slots))).toBeLessThanOrEqual(256)
      }
    }
  })

  test('completely, for any length and any number of slots', () => {
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
