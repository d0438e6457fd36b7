import { LIMITS } from '../../edit/limits.js'
import type { SpeedOperation } from '../../edit/operations/speed.js'
import type { CompileContext } from '../context.js'
import { showNearest } from '../frames/at-frame-rate.js'
import { type FrameWindow, isEmpty, shift } from '../frames/frame-window.js'
import { keepFrames } from '../frames/keep-frames.js'
import { framesToSec } from '../frames/rational.js'
import { exactLength, SAMPLE_RATE, sampleOfFrame } from '../frames/sound-grid.js'
import { atTempo } from '../frames/tempo.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'
import { joinParts, type NeededPart, neededParts } from '../join/join-parts.js'
import { pacedFrames, pacedFrom, type SpeedPart, speedParts } from '../join/speed-parts.js'

/** Plays the material, or a stretch of it, faster or slower on the same frame grid: frames are dropped or shown again. */
export function applySpeed(context: CompileContext, op: SpeedOperation, timeline: Timeline): Timeline {
  if (op.factor === 1) return timeline
  if (isEmpty(pacedFrames(op, timeline))) return warnOfNothing(context, op, timeline)
  const { graph, findings, wanted, pointer } = context
  const parts = speedParts(op, timeline)
  const frameCount = parts.reduce((sum, part) => sum + part.frameCount, 0)
  if (durationSec({ ...timeline, frameCount }) > LIMITS.durationSec) {
    findings.reject(`${pointer}/factor`, `the result would be longer than ${LIMITS.durationSec / 3600} hours`)
    return timeline
  }
  const [only, ...others] = parts
  if (only && others.length === 0) {
    const delivered = wanted ?? { start: 0, end: frameCount }
    return {
      ...timeline,
      frameCount,
      delivered,
      videoPad: graph.chain(timeline.videoPad, atFactor(op.factor, timeline, delivered)),
      audioPad: timeline.audioPad && graph.chain(timeline.audioPad, soundFilters(only, timeline)),
    }
  }
  const count = wanted ? neededParts(parts, wanted).length : parts.length
  const pads = graph.splitPicture(timeline.videoPad, count)
  const sounds = soundOfParts(context, parts, timeline)
  return (
    joinParts(graph, parts, wanted, (one, index) => {
      const videoPad = graph.chain(pads[index] ?? timeline.videoPad, pictureFilters(one, timeline))
      const { part, needed } = one
      const own = { frameCount: part.frameCount, delivered: needed, videoPad }
      return { ...timeline, ...own, audioPad: sounds?.[index] ?? null }
    }) ?? timeline
  )
}

function warnOfNothing(
  { findings, pointer }: CompileContext,
  op: SpeedOperation,
  timeline: Timeline,
): Timeline {
  const until = durationSec(timeline).toFixed(3)
  const message =
    `The operation of ${pointer} changes nothing: from ${op.start_time ?? 0} s to ${op.end_time ?? until} s there is ` +
    `no frame of the material, which ends at ${until} s.`
  findings.warn({ code: 'no-effect', message })
  return timeline
}

function atFactor(factor: number, { frameRate }: Timeline, delivered: FrameWindow): FilterCall[] {
  const [shownSec, frameSec] = [framesToSec(1, frameRate), framesToSec(1, frameRate) / factor]
  // A slowed frame is not shown half of its long time too early: the sound would come after it.
  const leadSec = Math.min(shownSec, frameSec) / 2
  return showNearest({ frameRate, delivered }, { frameSec, speed: factor, leadSec })
}

/** The needed frames of a part at its pace, each at its own time of the part. */
function pictureFilters(one: NeededPart<SpeedPart>, timeline: Timeline): FilterCall[] {
  const { source, factor } = one.part
  const kept = keepFrames(shift(pacedFrom(one, timeline), source.start), timeline, -source.start)
  return factor === 1 ? kept : [...kept, ...atFactor(factor, timeline, one.needed)]
}

/** The filter for the tempo gets this much of the sound around its part, so that it neither begins nor ends in silence. */
const AROUND_SAMPLES = 0.2 * SAMPLE_RATE

/** The sound of each part; null: the material is silent, or no sound is made. */
function soundOfParts(
  { graph, wanted }: CompileContext,
  parts: readonly SpeedPart[],
  timeline: Timeline,
): readonly string[] | null {
  if (!timeline.audioPad || wanted) return null
  const whole = graph.chain(timeline.audioPad, exactLength(timeline))
  const copies = graph.splitSound(whole, parts.length)
  return parts.map((part, index) => graph.chain(copies[index] ?? whole, soundFilters(part, timeline)))
}

function soundFilters(
  { source, factor, frameCount }: SpeedPart,
  { frameRate, frameCount: total }: Timeline,
): FilterCall[] {
  const start = sampleOfFrame(source.start, frameRate)
  const end = sampleOfFrame(source.end, frameRate)
  const around = factor === 1 ? 0 : AROUND_SAMPLES
  const from = Math.max(0, start - around)
  const isWhole = start === 0 && source.end === total
  const cut: FilterCall[] = [
    ['atrim', { start_sample: from, end_sample: end + around }],
    ['asetpts', { expr: 'PTS-STARTPTS' }],
  ]
  const length = sampleOfFrame(frameCount, frameRate)
  return [...(isWhole ? [] : cut), ...(factor === 1 ? [] : atTempo({ factor, runUp: start - from, length }))]
}
