import pg from 'pg'
import type { Platform } from '../../e2e/support/platform.js'

export interface JobRecord {
  readonly id: string
  readonly type: string
  readonly status: string
  readonly error_code: string | null
  readonly error_message: string | null
  readonly finished_at: Date | null
}

export interface FileRecord {
  readonly job_id: string
  readonly file_path: string
  readonly container: string
  readonly height: number | null
}

export interface Rows {
  readonly jobs: readonly JobRecord[]
  readonly outputs: readonly FileRecord[]
  readonly uploads: readonly string[]
  readonly posters: readonly string[]
  readonly assets: readonly string[]
  /** Passes that still look as if they ran. */
  readonly openPasses: readonly string[]
}

export async function unfinishedJobs(platform: Platform): Promise<number> {
  return inDatabase(platform, async (client) => {
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) FROM jobs WHERE status IN ('pending', 'processing')`,
    )
    return Number(rows[0]?.count)
  })
}

/** A line for each job that has not ended, with its passes, for whoever has to find out why. */
export async function describeUnfinished(platform: Platform): Promise<string> {
  return inDatabase(platform, async (client) => {
    const { rows } = await client.query<{ line: string }>(
      `SELECT concat_ws(' ', jobs.id, job_type, jobs.status, stage, workflow_id, 'started', workflow_started_at,
         (SELECT json_agg(json_build_array(name, status, attempt, failures, error_code, worker) ORDER BY position)
          FROM passes WHERE job_id = jobs.id)) AS line
       FROM jobs WHERE status IN ('pending', 'processing') ORDER BY created_at`,
    )
    return rows.map(({ line }) => line).join('\n')
  })
}

export async function readRows(platform: Platform): Promise<Rows> {
  return inDatabase(platform, async (client) => {
    const all = async <Row extends pg.QueryResultRow>(sql: string) => (await client.query<Row>(sql)).rows
    const videos = await all<{ file_path: string; poster_path: string | null }>(
      'SELECT file_path, poster_path FROM videos',
    )
    const assets = await all<{ file_path: string }>('SELECT file_path FROM assets')
    const open = await all<{ name: string }>(
      `SELECT job_id || ' ' || name AS name FROM passes WHERE status IN ('pending', 'processing')`,
    )
    return {
      jobs: await all(
        'SELECT id, job_type AS type, status, error_code, error_message, finished_at FROM jobs',
      ),
      outputs: await all('SELECT job_id, file_path, container, height FROM processed_videos'),
      uploads: videos.map(({ file_path: path }) => path),
      posters: videos.flatMap(({ poster_path: path }) => path ?? []),
      assets: assets.map(({ file_path: path }) => path),
      openPasses: open.map(({ name }) => name),
    }
  })
}

export async function inDatabase<T>(
  { services }: Platform,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: services.databaseUrl })
  // A server that is killed during a test is what the test is about.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
