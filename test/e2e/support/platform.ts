import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'

/** The whole platform as a user starts it: real processes on free ports, with a data folder of its own. */
export interface Platform {
  readonly apiUrl: string
  readonly dataDir: string
  /** The folder of its media, as this process reaches it. */
  readonly mediaDir: string
  readonly process: ChildProcess
  /** What the running platform tells `npm run worker` and the tests: addresses of its servers. */
  readonly services: { readonly databaseUrl: string; readonly temporalAddress: string }
  /** Stops it as Ctrl-C does; the data folder stays. */
  stop(): Promise<void>
  /** Stops and removes the data folder. */
  destroy(): Promise<void>
}

/** Lines of a platform that did not start which its error repeats. */
const SAID_LINES = 8

const FREE_PORTS = { PORT: '0', TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0', POSTGRES_PORT: '0' }

interface PlatformOptions {
  readonly dataDir?: string
  readonly env?: Readonly<Record<string, string>>
  /** The script that Node runs; it prints the lines of `npm start`. */
  readonly entry?: string
  /** Words before the command, for instance to give it mounts of its own. */
  readonly wrapper?: readonly string[]
}

export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'cutroom-e2e-')))
  const { wrapper = [], entry = 'dist/src/start.js' } = options
  const [command, ...args] = [...wrapper, process.execPath, entry]
  const child = spawn(command, args, {
    env: { ...process.env, ...FREE_PORTS, DATA_DIR: dataDir, LOG_LEVEL: 'info', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const apiUrl = await readApiUrl(child)
  const root = wrapper.length > 0 ? `/proc/${child.pid}/root` : '/'
  const platformFile = await readFile(join(dataDir, 'platform.json'), 'utf8')
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return {
    apiUrl,
    dataDir,
    mediaDir: join(root, resolve(dataDir), 'media'),
    process: child,
    services: JSON.parse(platformFile) as Platform['services'],
    stop,
    destroy: async () => {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A worker beside a platform that runs without one. */
export async function startWorker(platform: Platform): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['dist/src/worker.js'], {
    env: { ...process.env, DATA_DIR: platform.dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}

/** Another API process beside that of a platform, on a port of its own. */
export async function startReplica(platform: Platform): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['dist/src/api.js'], {
    env: { ...process.env, DATA_DIR: platform.dataDir, LOG_LEVEL: 'warn', PORT: '0' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [ready] = (await once(child, 'message')) as [{ readonly url: string }]
  return { process: child, url: ready.url }
}

async function readApiUrl({ stdout, stderr }: ChildProcess): Promise<string> {
  if (!stdout || !stderr) throw new Error('the platform has no output')
  const said: string[] = []
  createInterface({ input: stderr }).on('line', (line) => {
    process.stderr.write(`${line}\n`)
    said.push(line)
    said.splice(0, said.length - SAID_LINES)
  })
  for await (const line of createInterface({ input: stdout })) {
    said.push(line)
    const url = /^\s*API\s+(http:\S+)/.exec(line)?.[1]
    if (url) {
      // Nobody reads the output any more, but the pipe must not fill up.
      stdout.resume()
      return url
    }
  }
  await finished(stderr)
  throw new Error(`the platform ended before it was ready: ${said.slice(-SAID_LINES).join(' / ')}`)
}
