import { describe, expect, test } from 'vitest'
import {
  expiryLimit,
  isGarbage,
  isLate,
  type Leftover,
  type Retention,
} from '../../../src/jobs/housekeeping/judge-leftover.js'
import type { FinalStatus } from '../../../src/jobs/model.js'

const RETENTION: Retention = { incomingMaxAgeHours: 24, failedPartsMaxAgeHours: 168, outputDays: null }
const HOUR_MS = 3_600_000
const NOW = new Date('2030-01-10T00:00:00Z')
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS)
const ended = (status: FinalStatus, hours: number) => ({ status, finishedAt: ago(hours) })

describe('a leftover', () => {
  test.each<[string, boolean, Leftover]>([
    ['of an upload under way stays', false, { kind: 'incoming', modifiedAt: ago(23), job: null }],
    ['of an old upload goes', true, { kind: 'incoming', modifiedAt: ago(24), job: null }],
    ['of a job that is gone goes', true, { kind: 'work', modifiedAt: ago(2), job: null }],
    ['that is young stays', false, { kind: 'work', modifiedAt: ago(0.5), job: null }],
    ['of an ended job goes', true, { kind: 'work', modifiedAt: ago(9), job: ended('completed', 2) }],
    [
      'of a job that just ended stays',
      false,
      { kind: 'work', modifiedAt: ago(9), job: ended('failed', 0.5) },
    ],
    [
      'of a running job stays at any age',
      false,
      { kind: 'work', modifiedAt: ago(9999), job: { status: 'processing', finishedAt: null } },
    ],
    ['part of a failed job stays', false, { kind: 'parts', modifiedAt: ago(99), job: ended('failed', 99) }],
    [
      'part of a job that failed long ago goes',
      true,
      { kind: 'parts', modifiedAt: ago(200), job: ended('failed', 168) },
    ],
    ['part of a completed job goes', true, { kind: 'parts', modifiedAt: ago(9), job: ended('completed', 2) }],
  ])('%s', (_, goes, leftover) => {
    expect(isGarbage(leftover, RETENTION, NOW)).toBe(goes)
  })

  test('outputs are never removed unless a number of days is set', () => {
    expect(expiryLimit(RETENTION, NOW)).toBeNull()
    expect(expiryLimit({ ...RETENTION, outputDays: 2 }, NOW)).toEqual(new Date('2030-01-08T00:00:00Z'))
  })
})

describe('outputs of an attempt that outlived its job', () => {
  test.each<[string, boolean, number, Parameters<typeof isLate>[1]]>([
    ['are late after its failure', true, 2, ended('failed', 3)],
    ['are late after its cancellation', true, 2, ended('cancelled', 3)],
    ['are left for a while', false, 0.5, ended('failed', 3)],
    ['are left while the end is young', false, 2, ended('failed', 0.5)],
    ['do not include those that were written before the end', false, 4, ended('failed', 3)],
    ['are in place when it has completed', false, 2, ended('completed', 3)],
    ['are in place while it runs', false, 2, { status: 'processing', finishedAt: null }],
  ])('%s', (_, late, hours, job) => {
    expect(isLate(ago(hours), job, NOW)).toBe(late)
  })
})
