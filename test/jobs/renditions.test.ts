import { describe, expect, test } from 'vitest'
import { type JobId, LOCAL_OWNER, type PassRow, type PassStatus } from '../../src/jobs/model.js'
import { renditionsOf } from '../../src/jobs/renditions.js'

function pass(name: string, outputNames: readonly string[], fields: Partial<PassRow> = {}): PassRow {
  return {
    jobId: LOCAL_OWNER as string as JobId,
    name,
    kind: 'transcode',
    outputNames,
    status: 'pending',
    progress: 0,
    speed: null,
    attempt: 0,
    worker: null,
    cost: 1,
    errorCode: null,
    startedAt: null,
    finishedAt: null,
    ...fields,
  }
}

const statusOf = (...statuses: readonly PassStatus[]) =>
  renditionsOf(statuses.map((status, index) => pass(`p${index}`, ['720p'], { status })))[0]?.status

describe('a rendition', () => {
  test('has the progress of all passes that make a part of it, weighted by their cost', () => {
    const passes = [
      pass('a', ['1080p', '720p'], { status: 'completed', progress: 1, cost: 3, attempt: 1 }),
      pass('b', ['1080p', '720p'], { status: 'processing', progress: 0.5, cost: 2, attempt: 4 }),
      pass('c', ['1080p'], { cost: 5 }),
      pass('d', ['720p'], { kind: 'package' }),
    ]
    expect(renditionsOf(passes)).toEqual([
      { name: '1080p', status: 'processing', progress: 0.4, attempt: 4, errorCode: null },
      { name: '720p', status: 'processing', progress: 0.8, attempt: 4, errorCode: null },
    ])
  })

  test.each<[PassStatus, readonly PassStatus[]]>([
    ['pending', ['pending', 'pending']],
    ['processing', ['completed', 'pending']],
    ['completed', ['completed', 'completed']],
    ['failed', ['completed', 'failed', 'cancelled']],
    ['cancelled', ['completed', 'cancelled']],
  ])('is %s when its passes are %j', (status, statuses) => {
    expect(statusOf(...statuses)).toBe(status)
  })
})
