import { SAMPLE_RATE } from '../frames/sound-grid.js'
import type { FilterCall } from '../graph/graph-builder.js'

/** True peaks are those between the samples: four times as many show them (ITU-R BS.1770-4, Annex 2). */
export const TRUE_PEAK_RATE = 4 * SAMPLE_RATE

/**
 * One gain for all of the sound, and a limiter for the true peaks that it would lift too high. Neither `loudnorm`,
 * which rides the gain as soon as a peak would be too high and comes out late, nor a limiter at 48 kHz, which
 * does not see true peaks. Sound keeps its place, to the sample.
 */
export function loudnessStage(measurement: string): FilterCall[] {
  return [
    ['volume', { volume: { measured: measurement, value: 'gain' } }],
    ['aresample', { osr: TRUE_PEAK_RATE }],
    // `level` would lift the result to full scale again; `latency` takes back the delay of the look-ahead.
    ['alimiter', { limit: { measured: measurement, value: 'ceiling' }, level: 0, latency: 1 }],
    ['aresample', { osr: SAMPLE_RATE }],
    ['aformat', { sample_fmts: 'fltp', sample_rates: SAMPLE_RATE, channel_layouts: 'stereo' }],
  ]
}
