import { fileURLToPath } from 'node:url'
import { checkExposure, type Config, loadConfig } from './config.js'
import { findFfmpeg } from './ffmpeg-tools.js'
import { checkDependency } from './jobs/check-health.js'
import { describeCapabilities } from './media/capabilities/describe-capabilities.js'
import { findCapabilities } from './media/capabilities/find-capabilities.js'
import { describeConfinement, findConfinement } from './media/process/confine.js'
import type { PlatformInfo } from './platform/platform-file.js'
import { createPlatform, type Platform } from './platform/run-platform.js'
import { readTools } from './platform/tools.js'
import { createLocalStorage } from './storage/local-storage.js'

/** `npm start`: the whole platform on one machine, until Ctrl-C. */
async function main(): Promise<void> {
  // When the reader is gone (`npm start | head`), writing must not end this process and leave the others behind.
  process.stdout.on('error', () => {})
  const config = loadConfig()
  checkExposure(config)
  const platform = await createPlatform({
    config,
    temporalBinary: config.platform.temporalBinary ?? readTools().temporalPath ?? 'temporal',
    apiScript: fileURLToPath(new URL('api.js', import.meta.url)),
    workerScript: fileURLToPath(new URL('worker.js', import.meta.url)),
    print: (line) => console.log(line),
  })
  const isStopping = stopOnSignals(platform)
  obeyParent(platform)
  try {
    const info = await platform.start()
    if (!isStopping()) console.log(await banner(config, info))
  } catch (error) {
    // A stop during the start makes the start fail, and ends the process itself.
    if (isStopping()) return
    await platform.stop()
    throw error
  }
}

/** `npm run dev` starts us with a channel. It asks for a restart when it has built the code again. */
function obeyParent(platform: Platform): void {
  process.on('message', (message) => {
    if (message === 'restart') void platform.restart()
  })
  // Without its end of the channel, our parent is gone.
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
}

/** npm passes on a Ctrl-C that the terminal has already sent us; within this time both count as one. */
const ECHO_MS = 300

/** The first signal stops everything in order, the second kills it. The returned function tells whether one came. */
function stopOnSignals(platform: Platform): () => boolean {
  let stoppingSince: number | null = null
  const onSignal = () => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince < ECHO_MS) return
      platform.killAll()
      process.exit(130)
    }
    stoppingSince = performance.now()
    console.log('\nStopping … (press Ctrl-C again to kill)')
    platform.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  return () => stoppingSince !== null
}

/** Plain lines with a name and a value each, which tests and scripts read as well. */
async function banner(config: Config, info: PlatformInfo): Promise<string> {
  const { dataDir, runWorker } = config.platform
  const { storage } = createLocalStorage({ root: config.storage.dir })
  const { message: storageFault } = await checkDependency(() => storage.check())
  const lines: [string, string][] = [
    ['API', info.apiUrl],
    ['Console', `${info.apiUrl}/`],
    ['Documentation', `${info.apiUrl}/docs`],
    ...(info.temporalUiUrl === null ? [] : [['Temporal UI', info.temporalUiUrl] satisfies [string, string]]),
    ['Data', dataDir],
    ['ffmpeg', await describeFfmpeg(config)],
    ['', describeConfinement(await findConfinement())],
    ...(storageFault === null ? [] : [['Storage', storageFault] satisfies [string, string]]),
  ]
  return [
    'Cutroom is running.',
    '',
    ...lines.map(([name, value]) => `${name.padEnd(14)} ${value}`),
    '',
    ...(runWorker ? [] : ['No worker is running (NO_WORKER is set): start one with npm run worker.']),
    'Ctrl-C stops everything. Unfinished jobs continue at the next start.',
  ].join('\n')
}

/** What ffmpeg is here; a worker that cannot start with it says so in its log. */
async function describeFfmpeg(config: Config): Promise<string> {
  return findFfmpeg(config)
    .then(findCapabilities)
    .then(describeCapabilities)
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
}

function fail(error: unknown): never {
  console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}

main().catch(fail)
