import type { ConcatOperation } from '../../edit/concat.js'
import { SCALE_MATRIX } from '../color-space.js'
import type { CompileContext } from '../context.js'
import type { FilterCall } from '../graph-builder.js'
import { formatRational, nearestFrame } from '../rational.js'
import { durationSec, type Timeline } from '../timeline.js'
import { applyPad } from './pad.js'
import { applyResize } from './resize.js'

/** A clip at the frame rate, in the colours and of the size of the material. Its sound stays as it is. */
export function conform(
  context: CompileContext,
  { fit, color }: Pick<ConcatOperation, 'fit' | 'color'>,
  clip: Timeline,
  material: Timeline,
): Timeline {
  const { width, height } = material
  const alike = {
    ...clip,
    frameRate: material.frameRate,
    frameCount: Math.max(1, nearestFrame(durationSec(clip), material.frameRate)),
    colorSpace: material.colorSpace,
  }
  const matched: Timeline = {
    ...alike,
    videoPad: context.graph.chain(clip.videoPad, [...toRate(clip, alike), ...toMatrix(clip, material)]),
  }
  if (clip.width === width && clip.height === height) return matched
  const size = { type: 'resize', width, height } as const
  if (fit === 'fill') return applyResize(context, { ...size, fit }, matched)
  const fitted = applyResize(context, { ...size, fit: 'fit' }, matched)
  const background = fit === 'blur' ? 'blur' : 'color'
  return applyPad(context, { type: 'pad', width, height, background, color }, fitted)
}

function toRate(clip: Timeline, { frameRate, frameCount }: Timeline): FilterCall[] {
  return [
    // Times between frames need a finer timebase than one frame.
    ['settb', { expr: 'intb/1000' }],
    ['fps', { fps: formatRational(frameRate), start_time: 0, round: 'near' }],
    ['tpad', { stop: Math.ceil(framesOfOne(clip, frameRate)) + 1, stop_mode: 'clone' }],
    ['trim', { end_frame: frameCount }],
  ]
}

/** How long one frame of a clip is in frames of another rate. */
function framesOfOne({ frameRate }: Timeline, rate: Timeline['frameRate']): number {
  return (frameRate.den * rate.num) / (frameRate.num * rate.den)
}

function toMatrix(clip: Timeline, material: Timeline): FilterCall[] {
  if (clip.colorSpace === material.colorSpace) return []
  const [from, to] = [SCALE_MATRIX[clip.colorSpace], SCALE_MATRIX[material.colorSpace]]
  return [['scale', { in_color_matrix: from, out_color_matrix: to, out_range: 'tv' }]]
}
