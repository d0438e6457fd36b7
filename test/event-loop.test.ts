import { expect, test } from 'vitest'
import { watchEventLoop } from '../src/event-loop.js'
import { until } from './support/until.js'

test('work that keeps events waiting shows', async () => {
  const delay = watchEventLoop()
  await until('it is seen', () => {
    if (delay().maxMs >= 250) return true
    const endMs = performance.now() + 300
    while (performance.now() < endMs);
    return false
  })
  expect(delay().p99Ms).toBeLessThanOrEqual(delay().maxMs)
})
