import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'

interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Whether a region lies within the picture; else the mistake is noted at the field that goes too far. */
export function requireWithin(
  { findings, pointer }: CompileContext,
  { x, y, width, height }: Region,
  picture: Pick<Timeline, 'width' | 'height'>,
): boolean {
  const size = `${picture.width}×${picture.height}`
  const fits = { width: x >= 0 && x + width <= picture.width, height: y >= 0 && y + height <= picture.height }
  for (const side of ['width', 'height'] as const) {
    if (!fits[side]) findings.reject(`${pointer}/${side}`, `"${side}" reaches beyond the picture of ${size}`)
  }
  return fits.width && fits.height
}
