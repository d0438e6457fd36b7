import type { OverlayCommon } from '../../edit/operations/overlay.js'
import type { CompileContext } from '../context.js'
import type { FrameWindow } from '../frames/frame-window.js'
import { framesToSec, nearestFrame } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import { type FadeFrames, NO_FADE } from './lay-over.js'

/** The fades of an overlay in whole frames of its window; none, with the mistake noted, if they do not fit. */
export function overlayFade(
  { findings, pointer }: CompileContext,
  op: OverlayCommon,
  { start, end }: FrameWindow,
  { frameRate }: Timeline,
): FadeFrames {
  const frames = end - start
  if (nearestFrame(op.fade_in + op.fade_out, frameRate) <= frames) {
    const fadeIn = nearestFrame(op.fade_in, frameRate)
    // Both may have been rounded up.
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
