import type { OverlayOperation } from '../../edit/operations/overlay.js'
import { assertNever } from '../../errors.js'
import type { CompileContext } from '../context.js'
import { isEmpty } from '../frames/frame-window.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import { visibleFrames } from '../frames/visible-frames.js'
import { overlayImage } from '../layers/overlay-image.js'
import { overlayText } from '../layers/overlay-text.js'
import { overlayVideo } from '../layers/overlay-video.js'

/** Lays text, an image or a clip over the picture for a window of time. */
export function applyOverlay(context: CompileContext, op: OverlayOperation, timeline: Timeline): Timeline {
  const window = visibleFrames(op, timeline)
  if (isEmpty(window)) {
    const until = durationSec(timeline).toFixed(3)
    context.findings.warn({
      code: 'overlay-never-visible',
      message: `The overlay of ${context.pointer} is never visible: the picture lasts until ${until} s.`,
    })
  }
  switch (op.overlay_type) {
    case 'text':
      return overlayText(context, op, timeline, window)
    case 'image':
      return overlayImage(context, op, timeline, window)
    case 'video':
      return overlayVideo(context, op, timeline, window)
    default:
      return assertNever(op)
  }
}
