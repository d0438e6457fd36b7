import { SAMPLE_RATE } from '../frames/sound-grid.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'

/** Samples, the end exclusive. */
export interface SoundWindow {
  readonly start: number
  readonly end: number
  /** Samples of the whole sound. */
  readonly total: number
}

/** Gains change within this time, so that no click is heard. */
const RAMP_SEC = 0.005

/**
 * Changes the gain of a stretch of sound. The ramps lie inside of it, and what is outside stays as it is, to the sample.
 * @param gain filters that change the gain and nothing else; null: silence
 */
export function changeSound(
  graph: GraphBuilder,
  pad: string,
  { start, end, total }: SoundWindow,
  gain: FilterCall | null,
): string {
  const ramp = Math.min(Math.round(RAMP_SEC * SAMPLE_RATE), Math.floor((end - start) / 2))
  const fade = (type: 'in' | 'out', sample: number): FilterCall => {
    return ['afade', { type, start_sample: sample, nb_samples: ramp, curve: 'tri' }]
  }
  const [before, after] = [fade('out', start), fade('in', end - ramp)]
  const parts: FilterCall[][] = [
    ...(start > 0 ? [[before]] : []),
    ...(gain
      ? [[gain, ...(start > 0 ? [fade('in', start)] : []), ...(end < total ? [fade('out', end - ramp)] : [])]]
      : []),
    ...(end < total ? [[after]] : []),
  ]
  const copies = parts.length > 1 ? graph.splitSound(pad, parts.length) : [pad]
  const faded = parts.map((filters, index) => graph.chain(copies[index] ?? pad, filters))
  // The ramps of neighbours add up to 1. Without `normalize` each of them would be made quieter.
  const [only = pad] = faded
  if (faded.length <= 1) return only
  return graph.add('amix', { inputs: faded.length, duration: 'first', normalize: 0 }, ...faded)
}
