import type { JobsDeps } from '../deps.js'
import type { Owner } from '../model.js'
import { MAX_UNFINISHED } from '../uploads/create-uploads.js'
import type { OpenCounts } from './count-open.js'
import type { Usage } from './quotas.js'
import { nextMidnight, type Traffic } from './traffic.js'

interface UsageDeps extends Pick<JobsDeps, 'repositories' | 'quotas'> {
  readonly streams: OpenCounts
  readonly uploads: OpenCounts
  readonly traffic: Traffic
}

export async function getUsage(deps: UsageDeps, owner: Owner, now = new Date()): Promise<Usage> {
  const { repositories, quotas, streams, uploads, traffic } = deps
  const [jobs, runningPasses, storedBytes, sentBytes, unfinished] = await Promise.all([
    repositories.usage.countJobs(owner),
    repositories.usage.runningPasses(owner),
    repositories.usage.storedBytes(owner),
    traffic.sentToday(owner),
    repositories.uploads.countOpen(owner),
  ])
  return {
    queuedJobs: { used: jobs.queued, limit: quotas.queuedJobs },
    runningJobs: jobs.running,
    runningPasses: { used: runningPasses, limit: quotas.runningPasses },
    storedBytes: { used: storedBytes, limit: quotas.storedBytes },
    sentBytesToday: { used: sentBytes, limit: quotas.sentBytesPerDay },
    dayEndsAt: nextMidnight(now),
    eventStreams: { used: streams.count(owner), limit: quotas.eventStreams },
    openUploads: { used: uploads.count(owner), limit: quotas.openUploads },
    unfinishedUploads: { used: unfinished, limit: MAX_UNFINISHED },
  }
}
