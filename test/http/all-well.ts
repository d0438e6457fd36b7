import type { HealthReport } from '../../src/jobs/health-report.js'

export function allWell(): HealthReport {
  const ok = { ok: true, latencyMs: 1.4, message: null }
  const confinement = { noNetwork: true, limits: true, processesUnbounded: null, diesWithWorker: false }
  const capabilities = {
    ...{ version: '5.1.9', ffprobeVersion: '5.1.9', isTested: true, olderThan: '8.1.2' },
    missing: [{ kind: 'encoder', name: 'libsvtav1', ability: 'make AV1' }],
  } as const
  return {
    healthy: true,
    checks: { database: ok, orchestrator: ok, storage: ok, ffmpeg: ok },
    capabilities,
    confinement,
    loopDelay: { p99Ms: 1, maxMs: 12 },
  }
}
