import type { FilterCall } from '../graph/graph-builder.js'

const TICKS_PER_SEC = 1_000_000

/** Filters after which a moment of a file's clock is time 0 of the pictures. A clock of microseconds hides no frame. */
export function countFrom(sec: number): FilterCall[] {
  return [
    ['settb', { expr: `1/${TICKS_PER_SEC}` }],
    ['setpts', { expr: `PTS-${subtrahend(Math.round(sec * TICKS_PER_SEC))}` }],
  ]
}

/** The same for sound, whose clock counts samples. */
export function countSoundFrom(sec: number): FilterCall {
  return ['asetpts', { expr: `PTS-round(${subtrahend(sec)}/TB)` }]
}

function subtrahend(value: number): string {
  return value < 0 ? `(${value})` : String(value)
}
