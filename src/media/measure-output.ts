import type { MediaFacts } from '../plan/facts.js'
import type { OutputContainer } from '../plan/plan.js'
import { probeFile } from './probe.js'
import { scanPackets } from './scan-packets.js'
import { webpFacts } from './webp-facts.js'

/** What a rendered file really is, its frames counted. */
export async function measureOutput(
  ffprobePath: string,
  file: string,
  container: OutputContainer,
  signal: AbortSignal,
): Promise<MediaFacts> {
  if (container === 'webp') return webpFacts(file)
  return scanPackets(ffprobePath, file, await probeFile(ffprobePath, file, signal), signal)
}
