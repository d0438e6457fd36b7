import type { MediaProber } from '../jobs/media-prober.js'
import { probeFile } from './probe.js'
import { scanPackets } from './scan-packets.js'

export function createProber(ffprobePath: string): MediaProber {
  return {
    probe: (path, signal) => probeFile(ffprobePath, path, signal),
    measure: (path, facts, signal) =>
      scanPackets(ffprobePath, path, facts, signal ?? new AbortController().signal),
  }
}
