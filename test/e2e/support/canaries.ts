import { chmod, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import pg from 'pg'
import type { Route } from '../../../src/http/route.js'
import type { Platform } from './platform.js'

/** All rows of all tables, as text. */
export async function allRows({ services }: Platform): Promise<string> {
  const client = new pg.Client({ connectionString: services.databaseUrl })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'",
    )
    const texts: string[] = []
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`)
      texts.push(...rows.map(({ row }) => `${name}: ${row}`))
    }
    return texts.join('\n')
  } finally {
    await client.end()
  }
}

/** The histories of all workflows as JSON, with their ids, memos and attributes, and their payloads as text. */
export async function allHistories({ services }: Platform): Promise<string> {
  const connection = await Connection.connect({ address: services.temporalAddress })
  try {
    const client = new Client({ connection })
    const texts: string[] = []
    for await (const listed of client.workflow.list()) {
      const { workflowId, memo, typedSearchAttributes } = listed
      const history = await client.workflow.getHandle(workflowId).fetchHistory()
      const attributes = typedSearchAttributes.getAll()
      texts.push(JSON.stringify(readable({ workflowId, memo, attributes, history })))
    }
    return texts.join('\n')
  } finally {
    await connection.close()
  }
}

/** Protobuf's own JSON would hide payloads in base64. */
function readable(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (Array.isArray(value)) return value.map(readable)
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readable(member)]))
}

/** The logs of the API and the worker. */
export async function allLogs({ dataDir }: Platform): Promise<string> {
  const dir = join(dataDir, 'logs')
  const names = (await readdir(dir)).filter((name) => /^(api|worker)\.log/.test(name))
  return (await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')))).join('\n')
}

/** The real ffmpeg, but if the data folder says so, it crashes and prints all that it knows. */
export async function crashingFfmpeg(dataDir: string): Promise<string> {
  const { ffmpeg } = JSON.parse(await readFile('dist/tools.json', 'utf8')) as { ffmpeg: string }
  const path = join(dataDir, 'ffmpeg')
  const crash = `case "$*" in *-progress*) if [ -e '${dataDir}/crash' ]; then echo "$PWD: ${dataDir}/x.mp4: $*" >&2; kill -SEGV $$; fi;; esac`
  await writeFile(path, `#!/bin/sh\n${crash}\nexec '${ffmpeg}' "$@"\n`)
  await chmod(path, 0o755)
  return path
}

/** An edit that ffmpeg has to render, with a text. */
export function crashingEdit(videoId: string, text: string): object {
  return {
    video_id: videoId,
    operations: [
      { type: 'blur', x: 0, y: 0, width: 20, height: 20 },
      { type: 'overlay', overlay_type: 'text', content: text },
    ],
    output: { qualities: ['240p'] },
  }
}

export async function formOf(path: string): Promise<FormData> {
  const form = new FormData()
  form.set('file', new Blob([await readFile(path)]), path.split('/').at(-1))
  return form
}

export async function postmasterFile(dataDir: string): Promise<string> {
  const names = await readdir(dataDir, { recursive: true })
  const found = names.find((name) => name.endsWith('postmaster.pid'))
  if (found === undefined) throw new Error('PostgreSQL is not there')
  return join(dataDir, found)
}

/** Each place where a text has one of the canaries, with some of the text around it. */
export function findings(text: string, canaries: readonly (string | RegExp)[]): string[] {
  return canaries.flatMap((canary) => {
    const at = typeof canary === 'string' ? text.indexOf(canary) : text.search(canary)
    return at < 0 ? [] : [`${String(canary).slice(0, 30)}: …${text.slice(Math.max(0, at - 150), at + 150)}…`]
  })
}

/** The path of a route, with existing ids. */
export function pathOf({ path, method }: Route, videoId: string, jobId: string): string {
  const isVideo = path.includes('/videos/')
  // A delete would break the other requests, so it gets an id that never existed.
  const id = method === 'delete' ? '01890000-0000-7000-8000-000000000000' : isVideo ? videoId : jobId
  const values: Record<string, string> = {
    id,
    job_id: jobId,
    name: method === 'delete' ? 'none.png' : 'logo.png',
    folder: 'hls',
    code: 'internal',
    filename: path.startsWith('/uploads')
      ? `${videoId}.mp4`
      : path.includes('{folder}')
        ? 'master.m3u8'
        : '240p.mp4',
  }
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'x')
}

export function signaturesIn(text: string): string[] {
  return [...text.matchAll(/\/signed\/\d+\.acme\.([\w-]{43})\//g)].map(([, signature = '']) => signature)
}
