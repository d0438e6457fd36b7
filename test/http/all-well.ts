import type { HealthReport } from '../../src/jobs/use-cases.js'

export function allWell(): HealthReport {
  const ok = { ok: true, latencyMs: 1.4, message: null }
  const confinement = { noNetwork: true, limits: true, processesUnbounded: null, diesWithWorker: false }
  return { healthy: true, checks: { database: ok, orchestrator: ok, storage: ok, ffmpeg: ok }, confinement }
}
