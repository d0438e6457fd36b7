import type { ImageOverlay } from '../../edit/operations/overlay.js'
import type { CompileContext } from '../context.js'
import { type FrameWindow, isEmpty } from '../frames/frame-window.js'
import type { Timeline } from '../frames/timeline.js'
import { findPictureAsset, isAnimated } from './find-asset.js'
import { layPicture } from './lay-picture.js'
import { overlayFade } from './overlay-fade.js'
import { fitsLoop, shownSize } from './shown-size.js'

/** Lays an image over the picture for a window of frames; an animated one is repeated. */
export function overlayImage(
  context: CompileContext,
  op: ImageOverlay,
  timeline: Timeline,
  window: FrameWindow,
): Timeline {
  const image = findPictureAsset(context, 'content', op.content, 'image')
  const size = image && shownSize(context, op, timeline, image)
  if (!size || isEmpty(window)) return timeline
  const { opacity, rotation } = op
  const shown = { size, rotation, window }
  if (isAnimated(image) && !fitsLoop(context, { ...shown, clip: image, field: 'content' }, timeline)) {
    return timeline
  }
  const fade = overlayFade(context, op, window, timeline)
  const showing = { ...shown, placement: op, opacity, fade, atEnd: 'loop' } as const
  return layPicture(context, image, showing, timeline).timeline
}
