import type { Placement } from '../../edit/placement.js'
import type { WatermarkOperation } from '../../edit/watermark.js'
import type { CompileContext } from '../context.js'
import { layOver, NO_FADE } from '../lay-over.js'
import { placeLayer } from '../placement.js'
import type { Timeline } from '../timeline.js'
import { findPictureAsset } from './find-asset.js'

/** A logo over the whole length, at an anchor of the picture. */
export function applyWatermark(
  context: CompileContext,
  op: WatermarkOperation,
  timeline: Timeline,
): Timeline {
  const logo = findPictureAsset(context, 'watermark_path', op.watermark_path, 'image')
  if (!logo) return timeline
  const { graph } = context
  const input = graph.addInput({ key: logo.key, format: logo.facts.format, seekSec: 0 })
  const pad = graph.add('format', { pix_fmts: 'rgba' }, `${input}:${logo.video.index}`)
  const distance = op.position === 'center' ? 0 : op.margin
  const place: Placement = { anchor: op.position, position_x: distance, position_y: distance }
  return layOver(graph, timeline, {
    ...{ pad, kind: 'still', opacity: op.opacity, fade: NO_FADE },
    ...placeLayer(place, timeline, logo.video),
    window: { start: 0, end: timeline.frameCount },
  })
}
