import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Platform } from '../../e2e/support/platform.js'
import { inDatabase, type Rows } from './rows.js'

/** Housekeeping leaves them for a week. */
const ENDED_MS = 8 * 24 * 3_600_000
const PUT_THERE_MS = ENDED_MS

/**
 * Whether an attempt that outlived its job has put the file among its outputs: the job had failed or been cancelled.
 * @param stray a file of the media folder that no row names
 */
export function isLateOutput(stray: string, { jobs }: Rows): boolean {
  const [top, jobId] = stray.split('/')
  return top === 'processed' && jobs.some(({ id, status }) => id === jobId && status !== 'completed')
}

/** Housekeeping takes late outputs after a week: lets their jobs grow older by days. Returns the number of jobs. */
export async function ageLateOutputs(platform: Platform, late: readonly string[]): Promise<number> {
  const jobIds = new Set(late.map((file) => file.split('/')[1] ?? ''))
  for (const jobId of jobIds) {
    await inDatabase(platform, (client) =>
      client.query('UPDATE jobs SET finished_at = $2 WHERE id = $1', [jobId, ago(ENDED_MS)]),
    )
    await utimes(join(platform.mediaDir, 'processed', jobId), ago(PUT_THERE_MS), ago(PUT_THERE_MS))
  }
  return jobIds.size
}

function ago(ms: number): Date {
  return new Date(Date.now() - ms)
}
