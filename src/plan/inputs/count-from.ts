import type { FilterCall } from '../graph/graph-builder.js'
import type { TimeJump } from '../model/facts.js'

const TICKS_PER_SEC = 1_000_000

/** A stream whose clock may jump. */
interface Clock {
  readonly jumps?: readonly TimeJump[]
}

/** Filters after which a moment of a file's clock is time 0 of the pictures. A clock of microseconds hides no frame. */
export function countFrom(sec: number, { jumps = [] }: Clock): FilterCall[] {
  return [
    ['settb', { expr: `1/${TICKS_PER_SEC}` }],
    ['setpts', { expr: `PTS${minus(Math.round(sec * TICKS_PER_SEC))}${rejoin(jumps)}` }],
  ]
}

/** The same for sound, whose clock counts samples. */
export function countSoundFrom(sec: number, { jumps = [] }: Clock): FilterCall {
  return ['asetpts', { expr: `PTS-round(${sec}/TB)${rejoin(jumps)}` }]
}

/** The same as times for the bitstream filter `setts`, whose first packet has none before it. */
export function packetTimesFrom(sec: number, { jumps = [] }: Clock): string {
  return `PTS-round(${sec}/TB)${rejoin(jumps, 'if(N,(PTS-PREV_INPTS)*TB,0)')}`
}

function minus(value: number): string {
  return value < 0 ? `+${-value}` : `-${value}`
}

/**
 * What makes one clock of a clock that jumps, in ticks. Variable 0 of the expression counts the jumps so far: the next
 * one has come when the times of two frames are further apart than half of its step.
 * @param step the seconds since the frame before
 */
function rejoin(jumps: readonly TimeJump[], step = 'T-PREV_INT'): string {
  if (jumps.length === 0) return ''
  const isNext = choose(
    jumps.map(({ stepSec }) => {
      const half = (Math.abs(stepSec) / 2).toFixed(6)
      return stepSec < 0 ? `lt(${step},-${half})` : `gt(${step},${half})`
    }),
  )
  const shifts = choose(['0', ...jumps.map(({ shiftSec }) => `round(${shiftSec.toFixed(6)}/TB)`)])
  return `+0*st(0,ld(0)+${isNext})+${shifts}`
}

/** The value that variable 0 chooses by its number; 0 after the last. */
function choose(values: readonly string[]): string {
  return values.reduceRight((others, value, index) => `if(eq(ld(0),${index}),${value},${others})`, '0')
}
