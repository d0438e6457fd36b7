import { canSeek } from '../inputs/open-video.js'
import { heldUntilSec } from '../inputs/still-picture.js'
import type { Source } from '../model/sources.js'

/**
 * Whether a source can be decoded starting at any frame. A damaged one cannot: where frames are missing, the frame
 * before is held.
 */
export function isDivisible({ facts }: Source): boolean {
  const { video } = facts
  if (!video || video.damage || video.isVariableRate) return false
  return canSeek(facts) && heldUntilSec(facts, video) === null
}
