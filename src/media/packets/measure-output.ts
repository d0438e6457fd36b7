import type { MediaFacts } from '../../plan/model/facts.js'
import type { OutputContainer } from '../../plan/model/plan.js'
import { webpFacts } from '../probe/webp-facts.js'
import { probePackets } from './probe-packets.js'

/** Measures a rendered file and counts its frames. */
export async function measureOutput(
  ffprobePath: string,
  file: string,
  container: OutputContainer,
  signal: AbortSignal,
): Promise<MediaFacts> {
  return container === 'webp' ? webpFacts(file) : probePackets(ffprobePath, file, signal)
}
