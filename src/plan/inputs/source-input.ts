import type { PassInput } from '../model/plan.js'
import type { Source } from '../model/sources.js'

/**
 * The input that opens a source. Its frames keep the times that the file gives them, so a seek, which saves decoding,
 * cannot change which frame is taken for which: see `countFrom`.
 * @param seekSec seconds on the file's clock; 0: no seek
 */
export function sourceInput({ key, facts }: Source, seekSec = 0): PassInput {
  return { key, format: facts.format, seekSec, clock: 'file' }
}
