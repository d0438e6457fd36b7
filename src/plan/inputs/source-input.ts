import type { DrawnPicture } from '../model/drawn.js'
import type { MediaFacts } from '../model/facts.js'
import type { PassInput } from '../model/plan.js'
import type { Size } from '../model/size.js'
import type { Source } from '../model/sources.js'

/**
 * The input that opens a source. Its frames keep the times that the file gives them, so a seek, which saves decoding,
 * cannot change which frame is taken for which: see `countFrom`.
 * @param seekSec seconds on the file's clock; 0: no seek
 */
export function sourceInput({ key, facts }: Source, seekSec = 0): PassInput {
  return { ...openingOf(facts), key, seekSec, clock: 'file', ...drawnOf(facts) }
}

/** How ffmpeg opens a file. */
export function openingOf({ format, beginsLate }: MediaFacts): Pick<PassInput, 'format' | 'beginsLate'> {
  return { format, ...(beginsLate ? { beginsLate } : {}) }
}

/** What has to be drawn for an input before ffmpeg opens it: a drawing in the size that the facts say. */
export function drawnOf({ drawnFrom, video }: MediaFacts): { readonly drawn?: DrawnPicture } {
  if (drawnFrom === undefined || !video) return {}
  const { width, height } = video
  return { drawn: drawnFrom === 'svg' ? { kind: 'svg', width, height } : { kind: 'webp' } }
}

/** The facts of a picture that is drawn at a size; those of others as they are. */
export function drawnAt(facts: MediaFacts, { width, height }: Size): MediaFacts {
  if (facts.drawnFrom !== 'svg' || !facts.video) return facts
  return { ...facts, video: { ...facts.video, width, height, codedWidth: width, codedHeight: height } }
}
