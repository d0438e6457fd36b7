import type { FilterCall } from '../graph/graph-builder.js'
import { durationSec, type Timeline } from './timeline.js'

/** Of all sound in the graph, in samples a second. */
export const SAMPLE_RATE = 48_000

/** The sample that is heard when a frame of the timeline starts. */
export function sampleOfFrame(frame: number, { num, den }: Timeline['frameRate']): number {
  return Math.round((frame * den * SAMPLE_RATE) / num)
}

/** Sound made exactly as long as the picture. */
export function exactLength(timeline: Pick<Timeline, 'frameCount' | 'frameRate'>): FilterCall[] {
  const seconds = durationSec(timeline)
  return [
    ['apad', { whole_dur: seconds }],
    ['atrim', { end: seconds }],
  ]
}
