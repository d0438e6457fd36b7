import type { MediaFacts } from '../../plan/model/facts.js'

/** Finds out what a file of unknown origin contains. Throws `unsupported-media`. Implemented by src/media. */
export interface MediaProber {
  probe(path: string): Promise<MediaFacts>
  /**
   * Counts and measures the packets of a probed file. Throws `source-damaged` when less than half of the file is there,
   * and `media-over-limits`.
   */
  measure(path: string, facts: MediaFacts): Promise<MediaFacts>
  /**
   * A track of text as SubRip, with the times that the file gives; null: it has more than `maxBytes`. Throws
   * `source-damaged`.
   */
  readText(
    path: string,
    facts: MediaFacts,
    text: { readonly index: number; readonly maxBytes: number },
  ): Promise<string | null>
}
