import { join } from 'node:path'
import pg from 'pg'
import { expect } from 'vitest'
import type { ProblemWire } from './api-client.js'
import type { Platform } from './platform.js'
import { filesBelow } from './processes.js'

/** Everything that a request could leave behind. */
export interface Traces {
  readonly files: readonly string[]
  readonly rows: string
}

const TABLES = ['videos', 'jobs', 'assets', 'passes', 'processed_videos', 'overlays', 'idempotency_keys']

export async function traces({ services, dataDir }: Platform): Promise<Traces> {
  const client = new pg.Client({ connectionString: services.databaseUrl })
  await client.connect()
  try {
    const counts = TABLES.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join(', ')
    const { rows } = await client.query<Record<string, string>>(`SELECT ${counts}`)
    return { files: await filesBelow(join(dataDir, 'media')), rows: JSON.stringify(rows) }
  } finally {
    await client.end()
  }
}

/** Expects a problem+json with that code, and nothing new on disk or in the database. */
export async function expectRefusal(
  platform: Platform,
  before: Traces,
  response: Response,
  refusal: { readonly status: number; readonly code: string; readonly pointers?: readonly string[] },
): Promise<void> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem = (await response.json()) as ProblemWire
  const { status, code, pointers = [] } = refusal
  expect(problem).toMatchObject({ status, code, type: `/problems/${code}` })
  expect(response.status).toBe(status)
  expect(problem.errors?.map(({ pointer }) => pointer) ?? []).toEqual(pointers)
  expect(await traces(platform)).toEqual(before)
}
