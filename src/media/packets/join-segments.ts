import type { TimeJump } from '../../plan/model/facts.js'
import { EMPTY, type Segment, type Segments } from './segments.js'

/** A stream on one clock. */
export interface Extent extends Segment {
  /** Where the stream's own clock jumps, in order. */
  readonly jumps: readonly TimeJump[]
}

interface Leader {
  readonly index: number
  readonly packetSec: number
  /** Some packets have no time, and as many as there are follow one another. Absent: all have one. */
  readonly isCounted?: boolean
}

/** Two streams jump together when their steps differ by less than this. */
const ALIKE_SEC = 2

/**
 * Makes one clock of all segments: each begins where the one before it ends. A step ahead that not all streams make is
 * none: the stream is silent, or its picture stands still, for that time.
 * @param leader the stream whose packets follow one another without a gap or an overlap, and how long they last at least
 */
export function joinSegments(segments: Segments, leader: Leader): ReadonlyMap<number, Extent> {
  const streams = new Map(
    [...segments].map(([index, list]) => {
      const own = confirmed(list, [...segments.values()])
      const isCounted = leader.isCounted === true && index === leader.index
      return [index, isCounted ? own.map((segment) => counted(segment, leader.packetSec)) : own]
    }),
  )
  const shifts = shiftsOf(streams.get(leader.index) ?? [], leader.packetSec)
  return new Map(
    [...streams].map(([index, list]) => {
      const own = index === leader.index ? shifts : matched(list, shifts)
      return [index, joined(list, own)]
    }),
  )
}

/** The last packet in the order of display may be one without a time, this many packets behind. */
const MOST_UNTIMED = 3

/** A segment that ends with its last packet, whether that has a time or not. */
function counted(segment: Segment, packetSec: number): Segment {
  const endSec = segment.firstSec + segment.count * packetSec
  const missingSec = endSec - segment.endSec
  return missingSec > 0 && missingSec < (MOST_UNTIMED + 0.5) * packetSec ? { ...segment, endSec } : segment
}

/** What is added to the times of a segment, and the step that leads to it. */
interface Shift {
  readonly stepSec: number
  readonly shiftSec: number
}

function shiftsOf(segments: readonly Segment[], packetSec: number): Shift[] {
  let shiftSec = 0
  return segments.slice(1).map((segment, index) => {
    const before = segments[index] ?? segment
    const endSec = Math.max(before.endSec, before.lastSec + packetSec)
    shiftSec += endSec - segment.firstSec
    return { stepSec: stepTo(segment, before), shiftSec }
  })
}

/** From the last packet that is shown before a jump to the first that is shown after it. */
function stepTo(segment: Segment, before: Segment): number {
  return segment.firstSec - before.lastSec
}

/** The shifts of a stream that may lack some of the leader's segments. */
function matched(segments: readonly Segment[], shifts: readonly Shift[]): Shift[] {
  let next = 0
  return segments.slice(1).map((segment, index) => {
    const stepSec = stepTo(segment, segments[index] ?? segment)
    const isSame = (shift: Shift) => Math.abs(shift.stepSec - stepSec) < ALIKE_SEC
    const found =
      segments.length - 1 === shifts.length ? index : shifts.findIndex((one, at) => at >= next && isSame(one))
    next = found < 0 ? next : found + 1
    return { stepSec, shiftSec: shifts[found]?.shiftSec ?? -stepSec }
  })
}

/** The segments of a stream without the jumps that another stream does not make. */
function confirmed(segments: readonly Segment[], all: readonly (readonly Segment[])[]): Segment[] {
  const result: Segment[] = []
  segments.forEach((segment, index) => {
    const before = segments[index - 1]
    const last = result.at(-1)
    if (!before || !last || isConfirmed(stepTo(segment, before), all)) result.push(segment)
    else result[result.length - 1] = cover(last, segment)
  })
  return result
}

function isConfirmed(stepSec: number, all: readonly (readonly Segment[])[]): boolean {
  if (stepSec < 0) return true
  return all.every((segments) =>
    segments.some((segment, index) => {
      const before = segments[index - 1]
      return before !== undefined && Math.abs(stepTo(segment, before) - stepSec) < ALIKE_SEC
    }),
  )
}

function cover(a: Segment, b: Segment): Segment {
  return {
    count: a.count + b.count,
    firstSec: Math.min(a.firstSec, b.firstSec),
    lastSec: Math.max(a.lastSec, b.lastSec),
    endSec: Math.max(a.endSec, b.endSec),
  }
}

function joined(segments: readonly Segment[], shifts: readonly Shift[]): Extent {
  const shifted = segments.map((segment, index) => {
    const { shiftSec } = shifts[index - 1] ?? { shiftSec: 0 }
    const { firstSec, lastSec, endSec } = segment
    return {
      ...segment,
      firstSec: firstSec + shiftSec,
      lastSec: lastSec + shiftSec,
      endSec: endSec + shiftSec,
    }
  })
  return { ...shifted.reduce(cover, EMPTY), jumps: shifts }
}
