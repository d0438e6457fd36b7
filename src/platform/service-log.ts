import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type LineFile, openLineFile } from './line-file.js'

export type ServiceName = 'postgres' | 'temporal' | 'api' | 'worker'

export interface ServiceLogs {
  readonly dir: string
  /** Returns what takes each line that a service prints: into its file, and on the terminal if it tells of trouble. */
  readonly lineOf: (service: ServiceName) => (line: string) => void
  /** Keeps the terminal quiet from now on: services that are being stopped complain that the others are gone. */
  readonly quieten: () => void
  readonly close: () => Promise<void>
}

/** At most 50 MiB per service. */
const BOUNDS = { maxBytes: 10 * 1024 * 1024, keep: 4 }

export async function openServiceLogs(dataDir: string, print: (line: string) => void): Promise<ServiceLogs> {
  const dir = join(dataDir, 'logs')
  await mkdir(dir, { recursive: true })
  const files = new Map<ServiceName, LineFile>()
  let isQuiet = false
  const fileOf = (service: ServiceName): LineFile => {
    const file = files.get(service) ?? openLineFile(join(dir, `${service}.log`), BOUNDS)
    files.set(service, file)
    return file
  }
  return {
    dir,
    lineOf: (service) => {
      const file = fileOf(service)
      return (line) => {
        file.write(line)
        const trouble = isQuiet ? null : describeTrouble(service, line)
        if (trouble !== null) print(`${service.padEnd(8)} ${trouble}`)
      }
    },
    quieten: () => {
      isQuiet = true
    },
    close: async () => {
      await Promise.all([...files.values()].map((file) => file.close()))
    },
  }
}

/** The text that the terminal shows for a line; null: the line tells of no trouble. */
export function describeTrouble(service: ServiceName, line: string): string | null {
  switch (service) {
    case 'postgres':
      // An ERROR is PostgreSQL's answer to a client, which reports it.
      return /\b(FATAL|PANIC):/.test(line) ? line : null
    case 'temporal':
      return line.includes('level=ERROR') ? (/msg="((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line) : null
    case 'api':
    case 'worker':
      return describeNodeLine(line)
  }
}

/**
 * Shows pino's JSON from level warn on, or from error on if Temporal's SDK wrote it. Anything else, for example a stack
 * trace of Node itself, is shown as it is.
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
