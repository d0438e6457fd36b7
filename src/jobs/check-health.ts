import { AppError } from '../errors.js'
import type { HealthCheck, HealthReport } from './health-report.js'
import type { Capabilities } from './ports/capabilities.js'
import type { Confinement } from './ports/confinement.js'
import type { LoopDelay } from './ports/loop-delay.js'

/** Checks of what the service depends on. Each throws when its dependency does not work. */
export interface Health {
  readonly database: () => Promise<void>
  readonly orchestrator: () => Promise<void>
  readonly storage: () => Promise<void>
  readonly ffmpeg: () => Promise<void>
  /** @throws AppError when ffmpeg does not work */
  readonly capabilities: () => Promise<Capabilities>
  /** Never fails. */
  readonly confinement: () => Promise<Confinement>
  readonly loopDelay: () => LoopDelay
}

/** A dependency that takes longer than this to answer is down. */
const CHECK_TIMEOUT_MS = 3000

export async function checkHealth(health: Health): Promise<HealthReport> {
  const [database, orchestrator, storage, ffmpeg, confinement] = await Promise.all([
    checkDependency(health.database),
    checkDependency(health.orchestrator),
    checkDependency(health.storage),
    checkDependency(health.ffmpeg),
    health.confinement(),
  ])
  const checks = { database, orchestrator, storage, ffmpeg }
  const healthy = Object.values(checks).every(({ ok }) => ok)
  const capabilities = ffmpeg.ok ? await health.capabilities().catch(() => null) : null
  return { healthy, checks, capabilities, confinement, loopDelay: health.loopDelay() }
}

/** Asks one dependency, and waits no longer than it may take. */
export async function checkDependency(probe: () => Promise<void>): Promise<HealthCheck> {
  const startedAt = performance.now()
  const result = await Promise.race([
    probe().then(
      () => null,
      (error: unknown) => (error instanceof AppError ? error.message : 'The check failed.'),
    ),
    timeout(),
  ])
  return { ok: result === null, latencyMs: Math.round(performance.now() - startedAt), message: result }
}

function timeout(): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(`No answer within ${CHECK_TIMEOUT_MS / 1000} s.`), CHECK_TIMEOUT_MS).unref()
  })
}
