import type { FilterCall } from '../graph/graph-builder.js'
import { durationSec, type Timeline } from './timeline.js'

/** Samples a second of all sound in the graph. */
export const SAMPLE_RATE = 48_000

/** True peaks lie between the samples: four times as many show them (ITU-R BS.1770-4, Annex 2). */
export const TRUE_PEAK_RATE = 4 * SAMPLE_RATE

/** The sample that is heard when a frame of the timeline starts. */
export function sampleOfFrame(frame: number, { num, den }: Timeline['frameRate']): number {
  return Math.round((frame * den * SAMPLE_RATE) / num)
}

/**
 * Filters that put silence before sound without gaps. Since ffmpeg 7.0 the silence of `adelay` has no times, so that
 * muxers and `amix` leave it out; counting the samples gives it some.
 */
export function delayedBy(samples: number): FilterCall[] {
  if (samples === 0) return []
  return [
    ['adelay', { delays: `${samples}S`, all: 1 }],
    ['asetpts', { expr: 'N/SR/TB' }],
  ]
}

/** Filters that make sound exactly as long as the picture. */
export function exactLength(timeline: Pick<Timeline, 'frameCount' | 'frameRate'>): FilterCall[] {
  const seconds = durationSec(timeline)
  return [
    ['apad', { whole_dur: seconds }],
    ['atrim', { end: seconds }],
  ]
}
