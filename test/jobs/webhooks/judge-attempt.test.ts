import { describe, expect, test } from 'vitest'
import type { OutboundAnswer } from '../../../src/jobs/ports/outbound.js'
import { judgeAttempt } from '../../../src/jobs/webhooks/judge-attempt.js'

const BEGIN = new Date('2026-11-30T00:00:00Z')
const HOUR_MS = 3_600_000
const after = (hours: number) => new Date(BEGIN.getTime() + hours * HOUR_MS)
const answered = (status: number, retryAfterSec: number | null = null): OutboundAnswer => ({
  ...{ kind: 'answered', status, retryAfterSec },
})
const judge = (answer: OutboundAnswer, attempts = 0, now = BEGIN) =>
  judgeAttempt({ attempts, createdAt: BEGIN }, answer, now)

describe('an attempt', () => {
  test.each([200, 201, 202, 204, 299])('is a success with %i', (status) => {
    expect(judge(answered(status))).toMatchObject({ status: 'delivered', failure: null, nextAttemptAt: null })
  })

  test.each([
    [301, 'redirected'],
    [308, 'redirected'],
    [400, 'bad-status'],
    [404, 'bad-status'],
    [429, 'bad-status'],
    [503, 'bad-status'],
    [600, 'bad-status'],
  ] as const)('is repeated after %i', (status, failure) => {
    expect(judge(answered(status))).toMatchObject({ status: 'pending', failure, responseStatus: status })
  })

  test('is the last one after 410', () => {
    expect(judge(answered(410))).toMatchObject({ status: 'failed', failure: 'gone' })
  })
})

test('ten attempts are made within 72 to 80 hours', () => {
  let now = BEGIN
  const hours = []
  for (let attempts = 0; ; attempts += 1) {
    const { nextAttemptAt } = judge({ kind: 'failed', failure: 'timed-out' }, attempts, now)
    if (nextAttemptAt === null) break
    hours.push((nextAttemptAt.getTime() - BEGIN.getTime()) / HOUR_MS)
    now = nextAttemptAt
  }
  expect(hours).toHaveLength(9)
  expect(hours[0]).toBe(5 / 3600)
  expect(hours.at(-1)).toBeGreaterThan(72)
  expect(hours.at(-1)).toBeLessThan(80)
})

describe('Retry-After', () => {
  const waitSec = (sec: number, attempts: number) =>
    ((judge(answered(503, sec), attempts).nextAttemptAt?.getTime() ?? 0) - BEGIN.getTime()) / 1000

  test('puts an attempt off, up to a day', () => {
    expect(waitSec(60, 0)).toBe(60)
    expect(waitSec(10_000_000, 0)).toBe(24 * 3600)
  })

  test('brings none forward', () => {
    expect(waitSec(1, 1)).toBe(300)
    expect(waitSec(0, 0)).toBe(5)
  })

  test('does not keep a delivery alive for longer than its event is kept', () => {
    expect(judge(answered(503, 86_400), 2, after(60))).toMatchObject({ status: 'failed' })
    expect(judge(answered(503, 3600), 2, after(60))).toMatchObject({ status: 'pending' })
  })
})
