import type { DrawnKind } from '../model/drawn.js'
import { isSvg } from './is-svg.js'

/** Bytes from which a kind is told: enough for what stands in front of the first tag of a drawing. */
export const DRAWN_HEAD_BYTES = 4096

/**
 * What kind of picture a file is that is drawn before ffmpeg reads it; null: it is none.
 * @param head its first DRAWN_HEAD_BYTES
 */
export function drawnKind(head: Buffer): DrawnKind | null {
  if (isAnimatedWebp(head)) return 'webp'
  return isSvg(head) ? 'svg' : null
}

/** The second flag of the header says so. */
function isAnimatedWebp(head: Buffer): boolean {
  const text = head.toString('latin1', 0, 16)
  const isExtended = text.startsWith('RIFF') && text.slice(8) === 'WEBPVP8X'
  return isExtended && ((head[20] ?? 0) & 2) !== 0
}
