import type { Placement } from '../../edit/placement.js'
import type { WatermarkOperation } from '../../edit/watermark.js'
import type { CompileContext } from '../context.js'
import { NO_FADE } from '../lay-over.js'
import type { Timeline } from '../timeline.js'
import { findPictureAsset, isAnimated } from './find-asset.js'
import { layPicture } from './lay-picture.js'
import { layTiles } from './lay-tiles.js'
import { fitsLoop, shownSize } from './shown-size.js'

/** A logo over the whole length, at an anchor of the picture. */
export function applyWatermark(
  context: CompileContext,
  op: WatermarkOperation,
  timeline: Timeline,
): Timeline {
  const logo = findPictureAsset(context, 'watermark_path', op.watermark_path, 'image')
  const size = logo && shownSize(context, op, timeline, logo)
  if (!size) return timeline
  const distance = op.position === 'center' ? 0 : op.margin
  const place: Placement = { anchor: op.position, position_x: distance, position_y: distance }
  if (op.tiled) return layTiles(context, logo, { place, size, gap: op.margin, opacity: op.opacity }, timeline)
  const window = { start: 0, end: timeline.frameCount }
  const shown = { size, rotation: 0, window }
  if (isAnimated(logo) && !fitsLoop(context, 'watermark_path', logo, shown, timeline)) return timeline
  const showing = { ...shown, place, opacity: op.opacity, fade: NO_FADE, atEnd: 'loop' } as const
  return layPicture(context, logo, showing, timeline).timeline
}
