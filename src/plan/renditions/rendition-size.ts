import { QUALITIES } from '../../edit/output/qualities.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { even, type Size } from '../model/size.js'

type Asked = Pick<Rendition, 'quality' | 'width' | 'height' | 'fit'>

/**
 * Size of a rendition in pixels, always even and never stretched: a quality's shorter side, within `width` and `height`
 * or exactly these, as `fit` says, or the picture's own size if none is asked for.
 */
export function renditionSize(picture: Size, { quality, width, height, fit }: Asked): Size {
  if (quality) return times(picture, QUALITIES[quality].shortSide / Math.min(picture.width, picture.height))
  if (width !== null && height !== null) {
    if (fit !== 'fit') return { width: even(width), height: even(height) }
    const factor = Math.min(width / picture.width, height / picture.height)
    return within(times(picture, factor), { width, height })
  }
  if (width !== null) return { ...times(picture, width / picture.width), width: even(width) }
  if (height !== null) return { ...times(picture, height / picture.height), height: even(height) }
  return times(picture, 1)
}

function times({ width, height }: Size, factor: number): Size {
  return { width: even(width * factor), height: even(height * factor) }
}

/** Rounding up must not lead out of an odd box. */
function within(size: Size, box: Size): Size {
  const evenFloor = (value: number) => Math.max(2, value - (value & 1))
  return {
    width: Math.min(size.width, evenFloor(box.width)),
    height: Math.min(size.height, evenFloor(box.height)),
  }
}
