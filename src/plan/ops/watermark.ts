import type { Placement } from '../../edit/fields/placement.js'
import type { WatermarkOperation } from '../../edit/operations/watermark.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import { findPictureAsset, isAnimated } from '../layers/find-asset.js'
import { NO_FADE } from '../layers/lay-over.js'
import { layPicture } from '../layers/lay-picture.js'
import { layTiles } from '../layers/lay-tiles.js'
import { fitsLoop, shownSize } from '../layers/shown-size.js'

/** Lays a logo over the picture for its whole length. */
export function applyWatermark(
  context: CompileContext,
  op: WatermarkOperation,
  timeline: Timeline,
): Timeline {
  const logo = findPictureAsset(context, 'watermark_path', op.watermark_path, 'image')
  const size = logo && shownSize(context, op, timeline, logo)
  if (!size) return timeline
  const distance = op.position === 'center' ? 0 : op.margin
  const placement: Placement = { anchor: op.position, position_x: distance, position_y: distance }
  if (op.tiled)
    return layTiles(context, logo, { placement, size, gap: op.margin, opacity: op.opacity }, timeline)
  const window = { start: 0, end: timeline.frameCount }
  const shown = { size, rotation: 0, window }
  if (isAnimated(logo) && !fitsLoop(context, { ...shown, clip: logo, field: 'watermark_path' }, timeline))
    return timeline
  const showing = { ...shown, placement, opacity: op.opacity, fade: NO_FADE, atEnd: 'loop' } as const
  return layPicture(context, logo, showing, timeline).timeline
}
