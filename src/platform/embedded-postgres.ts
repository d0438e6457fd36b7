import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { hasErrorCode } from '../errors.js'
import { describeExit, type ServerProcess, spawnServer } from './child-process.js'
import { PortInUseError, withPortNumber } from './ports.js'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.js'
import { stopLeftover } from './postgres-leftover.js'
import { choosePostgresUser } from './postgres-user.js'

export interface PostgresOptions {
  /** Folder of the cluster and its password, created if it is missing. */
  readonly dataDir: string
  /** 0: a free port. */
  readonly port: number
  readonly log: (line: string) => void
}

export interface Postgres {
  readonly url: string
  readonly pid: number
  readonly exited: ServerProcess['exited']
  readonly stop: () => Promise<void>
  /** Sends SIGKILL at once. */
  readonly kill: () => void
}

interface Cluster {
  readonly dir: string
  readonly password: string
  readonly binaries: PostgresBinaries
  readonly wrapper: readonly string[]
  readonly log: (line: string) => void
}

const HOST = '127.0.0.1'
const USER = 'cutroom'
const DATABASE = 'cutroom'
const START_TIMEOUT_MS = 60_000
const STOP_GRACE_MS = 10_000

/**
 * Little memory and no replication, for a single machine that is busy with ffmpeg. The settings that save committed
 * rows from a power cut (fsync, synchronous_commit, full_page_writes) stay on. No Unix sockets, because their paths
 * must not be longer than 107 bytes.
 */
const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  log_checkpoints: 'off',
  // The messages are parsed below, so they must not be in the language of the machine.
  lc_messages: 'C',
}

/** Runs PostgreSQL on a folder of ours, and resolves once the database `cutroom` exists. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, log } = options
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const binaries = await findPostgresBinaries()
  const dir = join(dataDir, 'cluster')
  await stopLeftoverPostgres(dataDir)
  const password = await readOrCreatePassword(dataDir)
  const { wrapper } = await choosePostgresUser(binaries, dataDir)
  const cluster = { dir, password, binaries, wrapper, log }
  await initialise(cluster, join(dataDir, 'password'))
  return withPortNumber(options.port, HOST, (port) => startOn(port, cluster))
}

/** Stops a server that a killed parent left running on the folder, which frees its port. */
export async function stopLeftoverPostgres(dataDir: string): Promise<void> {
  await stopLeftover(join(dataDir, 'cluster'))
}

async function readOrCreatePassword(dataDir: string): Promise<string> {
  const path = join(dataDir, 'password')
  const saved = await readFile(path, 'utf8').catch((error: unknown) => {
    // The cluster accepts only the saved password, so it is not replaced because of an error that passes.
    if (hasErrorCode(error, 'ENOENT')) return ''
    throw error
  })
  if (saved.trim() !== '') return saved.trim()
  const password = randomBytes(24).toString('base64url')
  await writeFile(path, password, { mode: 0o600 })
  return password
}

/** Creates the cluster under another name and renames it, so that an incomplete one is never used. */
async function initialise(cluster: Cluster, passwordFile: string): Promise<void> {
  if (await stat(cluster.dir).catch(() => null)) return
  const fresh = `${cluster.dir}.new`
  await rm(fresh, { recursive: true, force: true })
  const lines: string[] = []
  const initdb = await spawnServer({
    wrapper: cluster.wrapper,
    onLine: (line) => lines.push(line),
    deathSignal: 'SIGKILL',
    command: cluster.binaries.initdb,
    args: [
      ...['-D', fresh],
      ...['-U', USER],
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
  })
  const exit = await initdb.exited
  if (exit.code !== 0) {
    throw new Error(
      `PostgreSQL could not create its data in ${cluster.dir} (${describeExit(exit)}):\n${lines.slice(-8).join('\n')}`,
    )
  }
  await rename(fresh, cluster.dir)
}

async function startOn(port: number, cluster: Cluster): Promise<Postgres> {
  const lastLines: string[] = []
  let isReady = false
  const server = await spawnServer({
    wrapper: cluster.wrapper,
    onLine: (line) => {
      lastLines.push(line)
      lastLines.splice(0, lastLines.length - 8)
      isReady ||= line.includes('database system is ready to accept connections')
      cluster.log(line)
    },
    deathSignal: 'SIGINT',
    command: cluster.binaries.postgres,
    args: ['-D', cluster.dir, ...settingArgs({ ...SETTINGS, port: String(port) })],
  })
  const stop = async () => {
    await server.stop({ signal: 'SIGINT', graceMs: STOP_GRACE_MS })
  }
  try {
    await untilReady(server, () => isReady)
    await createDatabase(port, cluster.password)
  } catch (error) {
    await stop()
    if (lastLines.some((line) => line.includes('could not bind'))) throw new PortInUseError(port)
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`PostgreSQL did not start: ${reason}\n${lastLines.join('\n')}`, { cause: error })
  }
  const { pid, exited, kill } = server
  return { url: databaseUrl(port, cluster.password, DATABASE), pid, exited, stop, kill }
}

async function untilReady(server: ServerProcess, isReady: () => boolean): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!isReady()) {
    if (server.hasExited()) throw new Error(`it ended with ${describeExit(await server.exited)}`)
    if (performance.now() > deadline) throw new Error(`it was not ready within ${START_TIMEOUT_MS / 1000} s`)
    await delay(10)
  }
}

async function createDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(port, password, 'postgres'), ssl: false })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(DATABASE)}`)
  } finally {
    await client.end()
  }
}

function databaseUrl(port: number, password: string, database: string): string {
  return `postgres://${USER}:${password}@${HOST}:${port}/${database}`
}

function settingArgs(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
