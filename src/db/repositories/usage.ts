import { QueryTypes } from 'sequelize'
import type { UsageRepository } from '../../jobs/ports/usage.js'
import type { Database } from '../database.js'
import { countRunning } from './running-passes.js'

const STORED = `
SELECT (SELECT coalesce(sum(file_size), 0) FROM videos WHERE owner = $owner)
  + (SELECT coalesce(sum(file_size), 0) FROM assets WHERE owner = $owner)
  + (SELECT coalesce(sum(output.file_size), 0)
     FROM processed_videos output JOIN jobs ON jobs.id = output.job_id
     WHERE jobs.owner = $owner AND jobs.expired_at IS NULL)
  + (SELECT coalesce(sum(received_bytes), 0) FROM resumable_uploads
     WHERE owner = $owner AND status = 'open' AND joined_id IS NULL) AS bytes`

const JOBS = `
SELECT count(*) AS queued, count(*) FILTER (WHERE status = 'processing') AS running
FROM jobs WHERE owner = $owner AND status IN ('pending', 'processing')`

/** A count below 0 would be of bytes that were written on another day. */
const ADD = `
INSERT INTO traffic (owner, day, sent_bytes) VALUES ($owner, $day, greatest(0, $bytes::bigint))
ON CONFLICT (owner, day) DO UPDATE SET sent_bytes = greatest(0, traffic.sent_bytes + $bytes::bigint)
RETURNING sent_bytes AS bytes`

const SENT = 'SELECT sent_bytes AS bytes FROM traffic WHERE owner = $owner AND day = $day'

export function createUsageRepository(database: Database): UsageRepository {
  const { sequelize } = database
  // PostgreSQL's sums and bigints arrive as text.
  const select = (sql: string, bind: Record<string, unknown>) =>
    sequelize.query<Record<string, string>>(sql, { bind, type: QueryTypes.SELECT })
  return {
    async storedBytes(owner) {
      const [row] = await select(STORED, { owner })
      return Number(row?.['bytes'] ?? 0)
    },
    async countJobs(owner) {
      const [row] = await select(JOBS, { owner })
      return { queued: Number(row?.['queued'] ?? 0), running: Number(row?.['running'] ?? 0) }
    },
    runningPasses: (owner) => countRunning(database, owner),
    async addSent(owner, day, bytes) {
      const [row] = await select(bytes === 0 ? SENT : ADD, { owner, day, ...(bytes === 0 ? {} : { bytes }) })
      return Number(row?.['bytes'] ?? 0)
    },
  }
}
