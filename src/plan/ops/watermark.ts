import type { WatermarkOperation, WatermarkPosition } from '../../edit/watermark.js'
import { assertNever } from '../../errors.js'
import type { CompileContext } from '../context.js'
import { layOver } from '../lay-over.js'
import type { Timeline } from '../timeline.js'
import { findPictureAsset } from './find-asset.js'

interface Size {
  readonly width: number
  readonly height: number
}

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
  const pad = graph.chain(`${input}:${logo.video.index}`, [
    ['format', { pix_fmts: 'rgba' }],
    ['colorchannelmixer', { aa: op.opacity }],
  ])
  return layOver(graph, timeline, {
    pad,
    ...anchor(op.position, op.margin, timeline, logo.video),
    window: { start: 0, end: timeline.frameCount },
    atEnd: 'repeat',
  })
}

function anchor(
  position: WatermarkPosition,
  margin: number,
  picture: Size,
  logo: Size,
): { x: number; y: number } {
  const left = margin
  const top = margin
  const right = picture.width - logo.width - margin
  const bottom = picture.height - logo.height - margin
  switch (position) {
    case 'top-left':
      return { x: left, y: top }
    case 'top-right':
      return { x: right, y: top }
    case 'bottom-left':
      return { x: left, y: bottom }
    case 'bottom-right':
      return { x: right, y: bottom }
    case 'center':
      return {
        x: Math.round((picture.width - logo.width) / 2),
        y: Math.round((picture.height - logo.height) / 2),
      }
    default:
      return assertNever(position)
  }
}
