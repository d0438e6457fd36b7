import type { FadeOperation } from '../../edit/operations.js'
import type { CompileContext } from '../context.js'
import type { FilterCall } from '../graph-builder.js'
import { framesToSec, nearestFrame } from '../rational.js'
import { durationSec, type Timeline } from '../timeline.js'

/** Fades picture and sound together, on whole frames. */
export function applyFade(context: CompileContext, op: FadeOperation, timeline: Timeline): Timeline {
  const { frameRate, frameCount } = timeline
  const [fadeIn, fadeOut] = [op.in, op.out].map((sec) => nearestFrame(sec, frameRate))
  if (fadeIn === undefined || fadeOut === undefined) return timeline
  if (fadeIn + fadeOut > frameCount) {
    const seconds = durationSec(timeline).toFixed(3)
    context.findings.reject(
      context.pointer,
      `"in" and "out" together are longer than the material of ${seconds} s`,
    )
    return timeline
  }
  const outFrame = frameCount - fadeOut
  const sec = (frames: number) => framesToSec(frames, frameRate)
  const pictures: FilterCall[] = []
  const sounds: FilterCall[] = []
  if (fadeIn > 0) {
    pictures.push(['fade', { type: 'in', start_frame: 0, nb_frames: fadeIn }])
    sounds.push(['afade', { type: 'in', start_time: 0, duration: sec(fadeIn) }])
  }
  if (fadeOut > 0) {
    pictures.push(['fade', { type: 'out', start_frame: outFrame, nb_frames: fadeOut }])
    sounds.push(['afade', { type: 'out', start_time: sec(outFrame), duration: sec(fadeOut) }])
  }
  return {
    ...timeline,
    videoPad: context.graph.chain(timeline.videoPad, pictures),
    audioPad: timeline.audioPad && context.graph.chain(timeline.audioPad, sounds),
  }
}
