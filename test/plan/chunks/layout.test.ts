import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evenly } from '../../../src/plan/chunks/choose-layout.js'
import { type Layout, layoutWindows } from '../../../src/plan/chunks/layout.js'

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

  test('cover all frames of a film with other GOPs, and leave no chunk empty', () => {
    expect(layoutWindows(layout, 130, 24).map(({ window }) => window.end)).toEqual([72, 130])
    expect(layoutWindows(layout, 70, 24).map(({ window }) => window)).toEqual([{ start: 0, end: 70 }])
  })
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
