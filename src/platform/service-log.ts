import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'

export type ServiceName = 'postgres' | 'temporal' | 'api' | 'worker'

export interface ServiceLogs {
  readonly dir: string
  /** For each line that a service prints: into its file, and on the terminal when it tells of trouble. */
  readonly lineOf: (service: ServiceName) => (line: string) => void
  /** From here on the terminal stays quiet: what is being stopped complains of the others being gone. */
  readonly quieten: () => void
  readonly close: () => Promise<void>
}

const MAX_BYTES = 10 * 1024 * 1024

export async function openServiceLogs(dataDir: string, print: (line: string) => void): Promise<ServiceLogs> {
  const dir = join(dataDir, 'logs')
  await mkdir(dir, { recursive: true })
  const files = new Map<ServiceName, WriteStream>()
  let isQuiet = false
  let isClosed = false
  const fileOf = (service: ServiceName): WriteStream => {
    const open = files.get(service)
    // One that met a full disk takes nothing any more.
    if (open && (isClosed || !open.destroyed)) return open
    const file = openFile(join(dir, `${service}.log`))
    files.set(service, file)
    return file
  }
  return {
    dir,
    lineOf: (service) => {
      fileOf(service)
      return (line) => {
        const file = fileOf(service)
        if (!file.writableEnded) file.write(`${line}\n`)
        const trouble = isQuiet ? null : describeTrouble(service, line)
        if (trouble !== null) print(`${service.padEnd(8)} ${trouble}`)
      }
    },
    quieten: () => {
      isQuiet = true
    },
    close: async () => {
      isClosed = true
      await Promise.all([...files.values()].map((file) => finished(file.end()).catch(() => {})))
    },
  }
}

/** One old file is kept, so that logs stay within bounds. */
function openFile(path: string): WriteStream {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_BYTES) renameSync(path, `${path}.1`)
  const stream = createWriteStream(path, { flags: 'a' })
  // A full disk must not end the platform for want of a log line.
  stream.on('error', () => {})
  return stream
}

/** What of a line is worth a look by who runs the platform, or null. */
export function describeTrouble(service: ServiceName, line: string): string | null {
  switch (service) {
    case 'postgres':
      // Its ERRORs are answers to a client, who reports them.
      return /\b(FATAL|PANIC):/.test(line) ? line : null
    case 'temporal':
      return line.includes('level=ERROR') ? (/msg="((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line) : null
    case 'api':
    case 'worker':
      return describeNodeLine(line)
  }
}

/**
 * pino's JSON from level warn on, Temporal's SDK from error on; anything else, such as a stack trace of Node
 * itself, as it is.
 */
function describeNodeLine(line: string): string | null {
  const record = parseRecord(line)
  if (record === null) return line.trim() === '' ? null : line
  const threshold = 'sdkComponent' in record ? 50 : 40
  if (typeof record['level'] !== 'number' || record['level'] < threshold) return null
  const level = record['level'] >= 50 ? 'error' : 'warning'
  const cause = isRecord(record['err']) ? record['err']['message'] : undefined
  const texts = [record['msg'], cause].filter((text) => typeof text === 'string' && text !== '')
  return `${level}: ${[...new Set(texts)].join(': ')}`
}

function parseRecord(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
