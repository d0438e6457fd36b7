import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { defaultPayloadConverter } from '@temporalio/common'
import proto from '@temporalio/proto'
import pg from 'pg'
import type { Platform } from '../../e2e/support/platform.js'
import { ffmpegBelow, filesBelow } from '../../e2e/support/processes.js'

/** The ffmpeg processes that work for a job. */
export function encodesOf({ dataDir }: Platform, jobId: string): Promise<number[]> {
  return ffmpegBelow(join(dataDir, 'media/work', jobId))
}

/** Processor time that a process and its threads have used, in ticks; null: it is gone. */
export async function ticksOf(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (stat === null) return null
  // Fields 14 and 15 are utime and stime; the command, the second field, may itself contain spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

export interface StoredRow {
  readonly kind: 'job' | 'pass' | 'output'
  /** Rows with all their columns, as JSON. */
  readonly row: string
}

/** All that the database knows about a job, its passes and its outputs. */
export async function rowsOf({ services }: Platform, jobId: string): Promise<StoredRow[]> {
  const client = new pg.Client({ connectionString: services.databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<StoredRow>(
      `SELECT 'job' AS kind, to_jsonb(j)::text AS row FROM jobs j WHERE id = $1
       UNION ALL SELECT 'pass', to_jsonb(p)::text FROM passes p WHERE job_id = $1
       UNION ALL SELECT 'output', to_jsonb(o)::text FROM processed_videos o WHERE job_id = $1
       ORDER BY 1, 2`,
      [jobId],
    )
    return rows
  } finally {
    await client.end()
  }
}

/** SHA-256 of each output file of a job, by name. */
export async function hashesOf({ dataDir }: Platform, jobId: string): Promise<Record<string, string>> {
  const folder = join(dataDir, 'media/processed', jobId)
  const hashes = (await filesBelow(folder)).map(async (name) => {
    const hash = createHash('sha256').update(await readFile(join(folder, name)))
    return [name, hash.digest('hex')] as const
  })
  return Object.fromEntries(await Promise.all(hashes))
}

/** The number of attempts of each activity in the history of a job's workflow, by the name of the activity. */
export async function attemptsOf(
  { services }: Platform,
  jobId: string,
): Promise<readonly (readonly [activity: string, attempt: number])[]> {
  const connection = await Connection.connect({ address: services.temporalAddress })
  try {
    const handle = new Client({ connection }).workflow.getHandle(`edit-${jobId}`)
    const events = (await handle.fetchHistory()).events ?? []
    return events.flatMap(({ activityTaskStartedEventAttributes: started }) => {
      if (!started) return []
      const scheduled = events.find(({ eventId }) => String(eventId) === String(started.scheduledEventId))
      const name = scheduled?.activityTaskScheduledEventAttributes?.activityType?.name ?? 'unknown'
      return [[name, started.attempt ?? 0] as const]
    })
  } finally {
    await connection.close()
  }
}

/** The attempt in each pass's row, by the pass's name. */
export function passAttempts(rows: readonly StoredRow[]): Record<string, unknown> {
  const passes = rows.filter(({ kind }) => kind === 'pass')
  return Object.fromEntries(
    passes.map(({ row }) => {
      const pass: unknown = JSON.parse(row)
      const field = (name: string): unknown =>
        typeof pass === 'object' && pass !== null ? Reflect.get(pass, name) : undefined
      return [String(field('name')), field('attempt')]
    }),
  )
}

const STARTED = proto.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED

/** The pending activities of an edit: which attempt each has, and what that told in its last heartbeat; null: nothing yet. */
export async function heartbeatsOf(
  { services }: Platform,
  jobId: string,
): Promise<{ readonly attempt: number; readonly told: unknown }[]> {
  const connection = await Connection.connect({ address: services.temporalAddress })
  try {
    const { raw } = await new Client({ connection }).workflow.getHandle(`edit-${jobId}`).describe()
    return (raw.pendingActivities ?? []).map((activity) => {
      const { attempt, state, heartbeatDetails, lastHeartbeatTime, lastStartedTime } = activity
      const isItsOwn = state === STARTED && toMs(lastHeartbeatTime) > toMs(lastStartedTime)
      const payload = isItsOwn ? heartbeatDetails?.payloads?.[0] : null
      return { attempt: attempt ?? 0, told: payload ? defaultPayloadConverter.fromPayload(payload) : null }
    })
  } finally {
    await connection.close()
  }
}

function toMs(
  time: { readonly seconds?: unknown; readonly nanos?: number | null } | null | undefined,
): number {
  return Number(time?.seconds ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6
}

/** The only ffmpeg of a job with one pass. */
export async function onlyEncode(platform: Platform, jobId: string): Promise<number> {
  const [pid, ...others] = await encodesOf(platform, jobId)
  if (pid === undefined || others.length > 0) throw new Error('the job has not one ffmpeg')
  return pid
}
