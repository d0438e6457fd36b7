import type { MediaProber } from '../jobs/ports/prober.js'
import { scanPackets } from './packets/scan-packets.js'
import { probeFile } from './probe/probe.js'
import { withTimeout } from './process/read-timeout.js'

/** While a client waits: the packets of the largest upload are through in seconds. */
const MEASURE_TIMEOUT_MS = 120_000

export function createProber(ffprobePath: string, measureTimeoutMs = MEASURE_TIMEOUT_MS): MediaProber {
  return {
    probe: (path) => probeFile(ffprobePath, path),
    measure: (path, facts) =>
      scanPackets(ffprobePath, path, facts, { signal: withTimeout(measureTimeoutMs) }),
  }
}
