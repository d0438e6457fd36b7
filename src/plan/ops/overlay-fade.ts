import type { FrameWindow } from '../frame-window.js'
import type { OverlayCommon } from '../../edit/overlay.js'
import type { CompileContext } from '../context.js'
import { NO_FADE, type FadeFrames } from '../lay-over.js'
import { framesToSec, nearestFrame } from '../rational.js'
import type { Timeline } from '../timeline.js'

/** The fades of an overlay on whole frames of what is visible; none, with the mistake noted, if they do not fit. */
export function overlayFade(
  { findings, pointer }: CompileContext,
  op: OverlayCommon,
  { start, end }: FrameWindow,
  { frameRate }: Timeline,
): FadeFrames {
  const frames = end - start
  if (nearestFrame(op.fade_in + op.fade_out, frameRate) <= frames) {
    const fadeIn = nearestFrame(op.fade_in, frameRate)
    // Each for itself may have been rounded up.
    return { in: fadeIn, out: Math.min(nearestFrame(op.fade_out, frameRate), frames - fadeIn) }
  }
  const seconds = framesToSec(frames, frameRate).toFixed(3)
  const fields = op.fade_in > 0 && op.fade_out > 0 ? '"fade_in" and "fade_out" together are' : 'the fade is'
  findings.reject(
    `${pointer}/${op.fade_out > 0 ? 'fade_out' : 'fade_in'}`,
    `${fields} longer than the ${seconds} s for which the overlay is visible`,
  )
  return NO_FADE
}
