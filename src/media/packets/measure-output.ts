import type { OutputContainer } from '../../plan/model/plan.js'
import { readMovieFacts } from '../mp4/movie/movie-facts.js'
import type { OutputFacts } from '../probe/output-facts.js'
import { webpFacts } from '../probe/webp-facts.js'
import { probePackets } from './probe-packets.js'

/**
 * Measures a rendered file and counts its frames. Whatever the readers here do not know, and whatever seems to be wrong
 * with a file, is left to ffprobe.
 * @throws AppError the codes of probePackets
 */
export async function measureOutput(
  ffprobePath: string,
  file: string,
  container: OutputContainer,
  signal: AbortSignal,
): Promise<OutputFacts> {
  signal.throwIfAborted()
  return (await readOwn(file, container)) ?? probePackets(ffprobePath, file, signal)
}

/** Containers of the family of QuickTime. */
const MOVIES: readonly OutputContainer[] = ['mp4', 'mov', 'm4a']

/** @returns null when ffprobe has to be asked */
async function readOwn(file: string, container: OutputContainer): Promise<OutputFacts | null> {
  if (container === 'webp') return webpFacts(file)
  return MOVIES.includes(container) ? readMovieFacts(file) : null
}
