import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareOut } from '../../../src/plan/chunks/share-out.js'

test('renditions are shared out evenly and completely, the largest share first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 10 }),
      (costs, parties) => {
        const items = costs.map((cost, id) => ({ cost, id }))
        const shares = shareOut(items, ({ cost }) => cost, parties)
        expect(shares).toHaveLength(Math.min(parties, items.length))
        expect(shares.flat().sort((a, b) => a.id - b.id)).toEqual(items)
        const sums = shares.map((share) => share.reduce((sum, { cost }) => sum + cost, 0))
        expect(sums).toEqual([...sums].sort((a, b) => b - a))
        // The largest share exceeds the smallest by at most the cost of one item.
        expect((sums[0] ?? 0) - (sums.at(-1) ?? 0)).toBeLessThanOrEqual(Math.max(...costs))
      },
    ),
  )
})
