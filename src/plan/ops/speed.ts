import { LIMITS } from '../../edit/limits.js'
import type { SpeedOperation } from '../../edit/operations/speed.js'
import type { CompileContext } from '../context.js'
import { showNearest } from '../frames/at-frame-rate.js'
import { framesToSec } from '../frames/rational.js'
import { delayedBy, SAMPLE_RATE } from '../frames/sound-grid.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'

/** One `atempo` changes the tempo by this much at most without dropping samples. */
const MAX_TEMPO = 2
const MIN_TEMPO = 0.5

/** Plays faster or slower on the same frame grid: frames are dropped or shown again. */
export function applySpeed(
  { graph, findings, wanted, pointer }: CompileContext,
  { factor }: SpeedOperation,
  timeline: Timeline,
): Timeline {
  const { frameRate } = timeline
  const frameCount = Math.max(1, Math.round(timeline.frameCount / factor))
  if (durationSec({ ...timeline, frameCount }) > LIMITS.durationSec) {
    findings.reject(`${pointer}/factor`, `the result would be longer than ${LIMITS.durationSec / 3600} hours`)
    return timeline
  }
  const delivered = wanted ?? { start: 0, end: frameCount }
  return {
    ...timeline,
    frameCount,
    delivered,
    videoPad: graph.chain(
      timeline.videoPad,
      showNearest({ frameRate, delivered }, framesToSec(1, frameRate) / factor, factor),
    ),
    audioPad:
      timeline.audioPad &&
      graph.chain(timeline.audioPad, [
        ...tempoSteps(factor).map((tempo): FilterCall => ['atempo', { tempo }]),
        ...inTime(factor),
      ]),
  }
}

/** Slowed sound comes out of `atempo` early, by this much for each second that slowing adds to a second. */
const EARLY_SEC = 0.017

function inTime(factor: number): FilterCall[] {
  if (factor >= 1) return []
  const samples = Math.round(EARLY_SEC * (1 / factor - 1) * SAMPLE_RATE)
  return delayedBy(samples)
}

/** Factors within the filter's range whose product is the whole factor. */
export function tempoSteps(factor: number): number[] {
  if (factor > MAX_TEMPO) return [MAX_TEMPO, ...tempoSteps(factor / MAX_TEMPO)]
  if (factor < MIN_TEMPO) return [MIN_TEMPO, ...tempoSteps(factor / MIN_TEMPO)]
  return [factor]
}
