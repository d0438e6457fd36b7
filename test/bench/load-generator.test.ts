import { expect, test } from 'vitest'
import { summariseLoad } from '../../bench/load-generator.mjs'

test('only requests with a good answer count towards a load', () => {
  const found = {
    ...{ '2xx': 900, non2xx: 60, errors: 30, timeouts: 10, duration: 3 },
    latency: { p50: 4, p99: 20 },
  }
  expect(summariseLoad(found)).toEqual({
    ...{ requestsPerSec: 300, p50Ms: 4, p99Ms: 20, answered: 900, failed: 100 },
  })
})
