import { describe, expect, test } from 'vitest'
import { createClockWatch } from '../../../src/jobs/housekeeping/clock-watch.js'

const MINUTE_MS = 60_000

function watchClocks() {
  const now = { wallMs: 1e12, steadyMs: 5000 }
  const canTellAges = createClockWatch({ wallMs: () => now.wallMs, steadyMs: () => now.steadyMs })
  return {
    canTellAges,
    jump: (minutes: number) => {
      now.wallMs += minutes * MINUTE_MS
    },
    wait: (minutes: number) => {
      now.wallMs += minutes * MINUTE_MS
      now.steadyMs += minutes * MINUTE_MS
    },
  }
}

describe('the clock of the machine', () => {
  test('can tell ages while it runs normally', () => {
    const { canTellAges, wait, jump } = watchClocks()
    expect(canTellAges()).toBe(true)
    wait(6000)
    jump(0.5)
    expect(canTellAges()).toBe(true)
  })

  test('cannot tell ages for an hour after a jump ahead', () => {
    const { canTellAges, wait, jump } = watchClocks()
    jump(60)
    expect(canTellAges()).toBe(false)
    wait(59)
    expect(canTellAges()).toBe(false)
    wait(1)
    expect(canTellAges()).toBe(true)
  })

  test('can tell ages after a jump back, but not after it is corrected', () => {
    const { canTellAges, jump } = watchClocks()
    jump(-60)
    expect(canTellAges()).toBe(true)
    jump(60)
    expect(canTellAges()).toBe(false)
  })
})
