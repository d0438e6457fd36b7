import type { VideoOverlay } from '../../edit/overlay.js'
import { sourceMatrix } from '../color-space.js'
import type { CompileContext } from '../context.js'
import { layOver } from '../lay-over.js'
import type { FrameWindow } from '../open-source.js'
import { placeLayer } from '../placement.js'
import { formatRational } from '../rational.js'
import type { Timeline } from '../timeline.js'
import { isEmpty } from '../window.js'
import { findPictureAsset } from './find-asset.js'
import { overlayFade } from './overlay-fade.js'

/** The clip begins with its window, runs on the picture's frame grid, and is gone after its own end. */
export function overlayVideo(
  context: CompileContext,
  op: VideoOverlay,
  timeline: Timeline,
  window: FrameWindow,
): Timeline {
  const clip = findPictureAsset(context, 'content', op.content, 'video')
  if (!clip || isEmpty(window)) return timeline
  const { graph } = context
  const input = graph.addInput({ key: clip.key, format: clip.facts.format, seekSec: 0 })
  const leadSec = Math.max(0, clip.video.startSec - clip.facts.startSec)
  const pad = graph.chain(`${input}:${clip.video.index}`, [
    ['fps', { fps: formatRational(timeline.frameRate), start_time: leadSec, round: 'near' }],
    ['trim', { end_frame: window.end - window.start }],
    [
      'scale',
      { w: clip.video.width, h: clip.video.height, in_color_matrix: sourceMatrix(clip.video) ?? 'auto' },
    ],
    ['setsar', { sar: 1 }],
    ['format', { pix_fmts: 'rgba' }],
  ])
  return layOver(graph, timeline, {
    ...{ pad, kind: 'moving', window, opacity: op.opacity },
    ...placeLayer(op, timeline, clip.video),
    fade: overlayFade(context, op, window, timeline),
  })
}
