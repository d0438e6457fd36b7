import type { ImageOverlay } from '../../edit/overlay.js'
import type { CompileContext } from '../context.js'
import { layOver } from '../lay-over.js'
import type { FrameWindow } from '../open-source.js'
import { placeLayer } from '../placement.js'
import type { Timeline } from '../timeline.js'
import { isEmpty } from '../window.js'
import { findPictureAsset } from './find-asset.js'
import { overlayFade } from './overlay-fade.js'

/** A still picture that stays for its window. */
export function overlayImage(
  context: CompileContext,
  op: ImageOverlay,
  timeline: Timeline,
  window: FrameWindow,
): Timeline {
  const image = findPictureAsset(context, 'content', op.content, 'image')
  if (!image || isEmpty(window)) return timeline
  const { graph } = context
  const input = graph.addInput({ key: image.key, format: image.facts.format, seekSec: 0 })
  const pad = graph.add('format', { pix_fmts: 'rgba' }, `${input}:${image.video.index}`)
  return layOver(graph, timeline, {
    ...{ pad, kind: 'still', window, opacity: op.opacity },
    ...placeLayer(op, timeline, image.video),
    fade: overlayFade(context, op, window, timeline),
  })
}
