import { canSeek } from '../inputs/open-video.js'
import { heldUntilSec } from '../inputs/still-picture.js'
import type { Source } from '../model/sources.js'

/**
 * Whether any frame of a source can be come at without decoding all that is before it. Of a damaged one, what is
 * held where frames are missing depends on what came before.
 */
export function isDivisible({ facts }: Source): boolean {
  const { video } = facts
  if (!video || video.damage || video.isVariableRate) return false
  return canSeek(facts) && heldUntilSec(facts, video) === null
}
