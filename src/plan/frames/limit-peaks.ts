import type { FilterCall } from '../graph/graph-builder.js'
import type { SoundLayout } from '../model/encode.js'
import type { FilterArg } from '../model/plan.js'
import { SAMPLE_RATE, TRUE_PEAK_RATE } from './sound-grid.js'

/** −1 dBTP, which EBU R 128 and streaming services ask for, as a sample. */
export const USUAL_CEILING = 0.891

/**
 * Filters that limit true peaks, which a limiter at 48 kHz would not see. Sound below the ceiling stays as it is, and all
 * keeps its position, to the sample.
 * @param ceiling the highest sample, where 1 is full scale
 */
export function limitPeaks(ceiling: FilterArg, layout: SoundLayout): FilterCall[] {
  return [
    ['aresample', { osr: TRUE_PEAK_RATE }],
    // `level` would lift the result to full scale again; `latency` takes back the delay of the look-ahead.
    ['alimiter', { limit: ceiling, level: 0, latency: 1 }],
    ['aresample', { osr: SAMPLE_RATE }],
    ['aformat', { sample_fmts: 'fltp', sample_rates: SAMPLE_RATE, channel_layouts: layout }],
  ]
}
