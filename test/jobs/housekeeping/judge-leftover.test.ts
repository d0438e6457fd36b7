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

describe('what is left over', () => {
  test.each<[string, boolean, Leftover]>([
    ['from a current upload stays', false, { kind: 'incoming', modifiedAt: ago(23), job: null }],
    ['from an old upload is removed', true, { kind: 'incoming', modifiedAt: ago(24), job: null }],
    ['from a job that is gone is removed', true, { kind: 'work', modifiedAt: ago(2), job: null }],
    ['for a short time stays', false, { kind: 'work', modifiedAt: ago(0.5), job: null }],
    ['from an ended job is removed', true, { kind: 'work', modifiedAt: ago(9), job: ended('completed', 2) }],
    [
      'from a job that just ended stays',
      false,
      { kind: 'work', modifiedAt: ago(9), job: ended('failed', 0.5) },
    ],
    [
      'from a running job stays at any age',
      false,
      { kind: 'work', modifiedAt: ago(9999), job: { status: 'processing', finishedAt: null } },
    ],
    ['parts of a failed job stay', false, { kind: 'parts', modifiedAt: ago(99), job: ended('failed', 99) }],
    [
      'parts of a job that failed long ago are removed',
      true,
      { kind: 'parts', modifiedAt: ago(200), job: ended('failed', 168) },
    ],
    ['parts of a completed job go', true, { kind: 'parts', modifiedAt: ago(9), job: ended('completed', 2) }],
  ])('%s', (_, goes, leftover) => {
    expect(isGarbage(leftover, RETENTION, NOW)).toBe(goes)
  })

  test('outputs are never removed unless a number of days is set', () => {
    expect(expiryLimit(RETENTION, NOW)).toBeNull()
    expect(expiryLimit({ ...RETENTION, outputDays: 2 }, NOW)).toEqual(new Date('2030-01-08T00:00:00Z'))
  })
})

describe('the outputs of an attempt that outlived its job', () => {
  test.each<[string, boolean, number, Parameters<typeof isLate>[1]]>([
    ['are late a week after the job has failed', true, 168, ended('failed', 168)],
    ['are late a week after the job was cancelled', true, 169, ended('cancelled', 168)],
    ['are late when they were written before the end', true, 170, ended('failed', 168)],
    ['are kept while they are young', false, 167, ended('failed', 200)],
    ['are kept for a week after the end of the job', false, 200, ended('failed', 167)],
    ['are kept when the job has completed', false, 200, ended('completed', 300)],
    ['are kept while the job runs', false, 200, { status: 'processing', finishedAt: null }],
  ])('%s', (_, late, hours, job) => {
    expect(isLate(ago(hours), job, NOW)).toBe(late)
  })
})
