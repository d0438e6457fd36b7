import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createProgressWriter } from '../../../activities/passes/report-progress.js'
import { AppError } from '../../../src/errors.js'
import type { JobId } from '../../../src/jobs/model.js'
import type { PassesRepository } from '../../../src/jobs/ports/repositories.js'

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => vi.useRealTimers())

type Report = PassesRepository['report']

function createWriter(report: Report): (outTimeUs: number) => void {
  const unused = () => Promise.reject(new Error('not for progress'))
  const passes: PassesRepository = {
    ...{ list: unused, listForJobs: unused, begin: unused, complete: unused, fail: unused },
    ...{
      completeMeasurement: unused,
      listDecoded: () => Promise.reject(new Error('not asked for')),
      listMeasured: unused,
    },
    report,
  }
  const pass = {
    jobId: 'job' as JobId,
    passName: 'pass',
    attempt: { number: 1, worker: 'w' },
    expectedUs: 10_000_000,
  }
  const write = createProgressWriter(passes, pass, pino({ level: 'silent' }))
  return (outTimeUs) => write({ outTimeUs, frames: 0, speed: 2 })
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('progress of a pass', () => {
  test('is written at most once a second, as a share of what is expected', async () => {
    const report = vi.fn<Report>().mockResolvedValue()
    const write = createWriter(report)
    for (const outTimeUs of [1_000_000, 2_000_000]) write(outTimeUs)
    await settled()
    vi.advanceTimersByTime(1000)
    write(3_000_000)
    expect(report.mock.calls.map(([, , , { done }]) => done)).toEqual([0.1, 0.3])
  })

  test('is never more than 100 per cent', () => {
    const report = vi.fn<Report>().mockResolvedValue()
    createWriter(report)(12_000_000)
    expect(report.mock.lastCall?.[3]).toEqual({ done: 1, speed: 2 })
  })

  test('waits for the previous write, however long that takes', async () => {
    let finish = () => {}
    const slow = new Promise<void>((resolve) => {
      finish = resolve
    })
    const report = vi.fn<Report>().mockReturnValueOnce(slow).mockResolvedValue()
    const write = createWriter(report)
    write(1_000_000)
    vi.advanceTimersByTime(5000)
    write(2_000_000)
    expect(report).toHaveBeenCalledTimes(1)
    finish()
    await settled()
    write(3_000_000)
    expect(report).toHaveBeenCalledTimes(2)
  })

  test('survives an unavailable database', async () => {
    const away = new AppError('db-unavailable', 'away')
    const report = vi.fn<Report>().mockRejectedValueOnce(away).mockResolvedValue()
    const write = createWriter(report)
    write(1_000_000)
    await settled()
    vi.advanceTimersByTime(1000)
    write(2_000_000)
    expect(report).toHaveBeenCalledTimes(2)
  })
})
