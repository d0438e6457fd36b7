import type { ImageOverlay } from '../../edit/operations/overlay.js'
import type { CompileContext } from '../context.js'
import { type FrameWindow, isEmpty } from '../frames/frame-window.js'
import type { Timeline } from '../frames/timeline.js'
import { findPictureAsset, isAnimated } from './find-asset.js'
import { layPicture } from './lay-picture.js'
import { overlayFade } from './overlay-fade.js'
import { fitsLoop, shownSize } from './shown-size.js'

/**
 * Lays an image over the picture for a window of frames. An animated one is played as often as it says, or again and
 * again, and then holds its last frame.
 */
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
  const { plays = Infinity } = image.video
  const isRepeated = isAnimated(image) && plays > 1
  if (isRepeated && !fitsLoop(context, { ...shown, clip: image, field: 'content' }, timeline)) return timeline
  const fade = overlayFade(context, op, window, timeline)
  const showing = {
    ...shown,
    placement: op,
    opacity,
    fade,
    atEnd: plays === Infinity ? 'loop' : 'hold',
    plays,
  } as const
  return layPicture(context, image, showing, timeline).timeline
}
