import type { Logger } from 'pino'
import { type Config, loadConfig } from './config.js'
import { createLog } from './log.js'

interface Running {
  /** Address of a process that listens. */
  readonly url?: string
  /** Ends the work; the process then exits. */
  stop(): Promise<void>
  /** Resolves when the work has ended by itself. */
  readonly ended?: Promise<void>
}

/** Work that has not ended this long after a signal is cut off. */
const FORCE_EXIT_MS = 15_000

/** Runs an entry file: configuration, log, readiness for a supervisor, signals, exit code. */
export function runProcess(
  name: 'api' | 'worker' | 'migrate',
  start: (config: Config, log: Logger) => Promise<Running | null>,
): void {
  void main(name, start)
}

async function main(name: Parameters<typeof runProcess>[0], start: Parameters<typeof runProcess>[1]) {
  const config = loadOrExit()
  const log = createLog(name, config.log.level)
  try {
    const running = await start(config, log)
    if (!running) return
    process.send?.({ type: 'ready', url: running.url ?? null })
    const stop = stopOnce(running, log)
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
    // The process that started us is gone, so no other signal will come.
    process.on('disconnect', () => stop('SIGTERM'))
    await running.ended
  } catch (error) {
    log.fatal({ err: error }, 'stopped by an error')
    process.exit(1)
  }
}

function stopOnce(running: Running, log: Logger): (signal: NodeJS.Signals) => void {
  let isStopping = false
  return (signal) => {
    if (isStopping) process.exit(1)
    isStopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), FORCE_EXIT_MS).unref()
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly')
        process.exit(1)
      },
    )
  }
}

function loadOrExit(): Config {
  try {
    return loadConfig()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
