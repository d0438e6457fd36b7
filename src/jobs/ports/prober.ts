import type { MediaFacts } from '../../plan/model/facts.js'

/** Tells what a file of unknown origin is. Throws `unsupported-media`. Implemented by src/media. */
export interface MediaProber {
  probe(path: string): Promise<MediaFacts>
  /**
   * Counts and measures a probed file by its packets. Throws `source-damaged` when less than half of it is there, and
   * `media-over-limits`.
   */
  measure(path: string, facts: MediaFacts): Promise<MediaFacts>
}
