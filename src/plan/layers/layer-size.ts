import type { LayerSize } from '../../edit/fields/size.js'
import type { Size } from '../model/size.js'
import { pixelsOf } from './placement.js'

/**
 * The size, in whole pixels, at which a layer is shown on a picture.
 * @param own the layer's own size
 */
export function layerSize(asked: LayerSize, picture: Size, own: Size): Size {
  const width = asked.width === null ? null : pixelsOf(asked.width, picture.width)
  const height = asked.height === null ? null : pixelsOf(asked.height, picture.height)
  if (width !== null && height !== null) return whole(width, height)
  if (width !== null) return whole(width, (width * own.height) / own.width)
  if (height !== null) return whole((height * own.width) / own.height, height)
  return own
}

function whole(width: number, height: number): Size {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) }
}
