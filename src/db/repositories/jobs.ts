import type { JobsRepository } from '../../jobs/ports/repositories.js'
import { jobCreation } from './job-creation.js'
import { jobEnds } from './job-ends.js'
import { jobExpiry } from './job-expiry.js'
import { jobPlans } from './job-plans.js'
import { jobReads } from './job-reads.js'
import { jobStarts } from './job-starts.js'
import type { LimitedDatabase } from './queue-limit.js'

export function createJobsRepository(database: LimitedDatabase): JobsRepository {
  return {
    ...jobCreation(database),
    ...jobReads(database),
    ...jobStarts(database),
    ...jobPlans(database),
    ...jobEnds(database),
    ...jobExpiry(database),
  }
}
