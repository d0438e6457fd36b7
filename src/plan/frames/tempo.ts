import type { FilterCall } from '../graph/graph-builder.js'
import { delayedBy, SAMPLE_RATE } from './sound-grid.js'

/** One `atempo` changes the tempo by this much at most without dropping samples. */
const MAX_TEMPO = 2
const MIN_TEMPO = 0.5

/** Factors within the filter's range whose product is the whole factor. */
export function tempoSteps(factor: number): number[] {
  if (factor > MAX_TEMPO) return [MAX_TEMPO, ...tempoSteps(factor / MAX_TEMPO)]
  if (factor < MIN_TEMPO) return [MIN_TEMPO, ...tempoSteps(factor / MIN_TEMPO)]
  return [factor]
}

/**
 * Sound comes out of `atempo` early, since the filter joins pieces of 43 ms that each keep their own pace: by some time on
 * the whole, and by another for each second that slowing adds to a second. Measured as the middle of short tones, alone and
 * over other tones, which differ by 26 ms at most. Several filters that speed up add up.
 */
interface Early {
  readonly sec: number
  readonly addedSec: number
}

/** Below this factor the first filter works with pieces of half the length: what it smears is slowed again and again. */
const VERY_SLOW = MIN_TEMPO ** 2

function earlyOf(factor: number): Early {
  if (factor < VERY_SLOW) return { sec: 0.0015, addedSec: 0.0102 }
  if (factor < 1) return { sec: 0.008, addedSec: 0.0138 }
  return { sec: factor > MAX_TEMPO ? 0.014 : 0.008, addedSec: 0 }
}

function earlySec(factor: number): number {
  const { sec, addedSec } = earlyOf(factor)
  return sec + addedSec * (1 / factor - 1)
}

/** The filter makes its pieces as long as a sampling rate asks for. */
function tempoFilters(factor: number): FilterCall[] {
  const [first, ...others] = tempoSteps(factor).map((tempo): FilterCall => ['atempo', { tempo }])
  if (!first || factor >= VERY_SLOW) return [...(first ? [first] : []), ...others]
  return [['asetrate', { r: SAMPLE_RATE / 2 }], first, ['asetrate', { r: SAMPLE_RATE }], ...others]
}

/** The filter holds back what would need samples after the last. */
const FLUSH_SEC = 0.2

interface Tempo {
  readonly factor: number
  /** Samples of the sound that come before the first that is kept. */
  readonly runUp: number
  /** Samples of the result. */
  readonly length: number
}

/** Filters that play sound faster or slower, in time with pictures of the same pace; the pitch stays. */
export function atTempo({ factor, runUp, length }: Tempo): FilterCall[] {
  const first = Math.round(runUp / factor - earlySec(factor) * SAMPLE_RATE)
  const start = Math.max(0, first)
  return [
    ['apad', { pad_dur: FLUSH_SEC }],
    ...tempoFilters(factor),
    ...delayedBy(Math.max(0, -first)),
    ['atrim', { start_sample: start, end_sample: start + length }],
    ['asetpts', { expr: 'N/SR/TB' }],
  ]
}
