import { canSeek } from '../inputs/open-video.js'
import { heldUntilSec } from '../inputs/still-picture.js'
import { isStillImage } from '../model/image-kinds.js'
import type { Source } from '../model/sources.js'

/**
 * Whether a source can be decoded starting at any frame. A damaged one cannot: where frames are missing, the frame
 * before is held.
 */
export function isDivisible({ facts, shown }: Source): boolean {
  const { video } = facts
  // An image is read from its start for each chunk.
  if (shown || isStillImage(facts)) return true
  if (!video || video.damage || video.isVariableRate || video.needsStart) return false
  return canSeek(facts) && heldUntilSec(facts, video) === null
}
