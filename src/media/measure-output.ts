import type { MediaFacts } from '../plan/facts.js'
import type { OutputContainer } from '../plan/plan.js'
import { probePackets } from './probe-packets.js'
import { webpFacts } from './webp-facts.js'

/** What a rendered file really is, its frames counted. */
export async function measureOutput(
  ffprobePath: string,
  file: string,
  container: OutputContainer,
  signal: AbortSignal,
): Promise<MediaFacts> {
  return container === 'webp' ? webpFacts(file) : probePackets(ffprobePath, file, signal)
}
