import { AppError } from '../../src/errors.js'
import { countOpen } from '../../src/jobs/quotas/count-open.js'
import type { UseCases } from '../../src/jobs/use-cases.js'

/** Counts event streams, of which each owner may have 30, and knows no other quota. */
export function createStandInQuotas(): Pick<UseCases, 'openStream' | 'getUsage' | 'flush'> {
  const streams = countOpen(
    MAX_STREAMS,
    (open) => new AppError('too-many-streams', `${open} event streams are open.`),
  )
  const none = { used: 0, limit: null }
  return {
    openStream: (owner) => streams.enter(owner),
    getUsage: (owner) =>
      Promise.resolve({
        queuedJobs: { used: 2, limit: 1000 },
        runningJobs: 1,
        runningPasses: { used: 3, limit: 4 },
        storedBytes: { used: 5_000_000_000, limit: null },
        sentBytesToday: none,
        dayEndsAt: new Date('2026-12-01T00:00:00.000Z'),
        eventStreams: { used: streams.count(owner), limit: MAX_STREAMS },
        openUploads: none,
        unfinishedUploads: { used: 0, limit: 1000 },
      }),
    flush: () => Promise.resolve(),
  }
}

const MAX_STREAMS = 30
