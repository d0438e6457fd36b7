import { expect, test } from 'vitest'
import { sweepEach } from '../../../src/jobs/lifecycle/sweep-each.js'
import { useWorld } from '../world.js'

const world = useWorld()

test('a sweep begins no item once its time is over', async () => {
  const worked: string[] = []
  const work = async (item: string) => {
    worked.push(item)
    await new Promise((resolve) => setImmediate(resolve))
    return true
  }
  const sweep = { work, idsOf: (item: string) => ({ item }), failure: 'an item failed', limitMs: 0 }
  expect(await sweepEach(world().deps, ['a', 'b'], { ...sweep, limitMs: 60_000 })).toBe(2)
  expect(await sweepEach(world().deps, ['c', 'd'], sweep)).toBeLessThan(2)
  expect(worked.slice(0, 2)).toEqual(['a', 'b'])
  expect(worked).not.toContain('d')
})
