import type { MediaProber } from '../jobs/ports/prober.js'
import { scanPackets } from './packets/scan-packets.js'
import { probeFile } from './probe/probe.js'
import { withTimeout } from './process/read-timeout.js'

/** A client is waiting. The packets of the largest upload are read in seconds. */
const MEASURE_TIMEOUT_MS = 120_000

export function createProber(ffprobePath: string, measureTimeoutMs = MEASURE_TIMEOUT_MS): MediaProber {
  return {
    probe: (path) => probeFile(ffprobePath, path),
    measure: (path, facts) =>
      scanPackets(ffprobePath, path, facts, { signal: withTimeout(measureTimeoutMs) }),
  }
}
