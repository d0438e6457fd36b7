import { MAX_SOURCE_SEC } from '../../plan/inputs/source-limits.js'

/**
 * A stretch of a stream in which its clock runs on: all of the stream, unless its times begin again or jump. Seconds
 * on the file's clock.
 */
export interface Segment {
  readonly count: number
  readonly firstSec: number
  /** Start of the packet that is shown last. */
  readonly lastSec: number
  /** End of that packet. Others may state to last for longer: with B-frames their lengths are those of decoding. */
  readonly endSec: number
}

/** The segments of each stream, by its index. */
export type Segments = ReadonlyMap<number, readonly [Segment, ...Segment[]]>

/** A packet as ffprobe prints it: numbers are text, and an unknown value is `N/A`, empty or absent. */
export interface PacketText {
  readonly stream: number
  readonly pts?: string | undefined
  readonly dts?: string | undefined
  readonly duration?: string | undefined
  /** A `D` marks a packet that an edit list leaves out. */
  readonly flags?: string | undefined
}

/** Times go back by less than this where packets are merely out of order. */
const MOST_BACK_SEC = 0.5

/** A clock that runs on by more than this has been set: the limit that ffmpeg has (`-dts_delta_threshold`). */
const MOST_AHEAD_SEC = 10

/**
 * Collects where streams begin and end.
 * @param canJump whether a long step ahead may be a jump of the clock, and not a frame that is shown for long
 */
export function createSegmentReader(canJump: boolean) {
  const open = new Map<number, OpenStream>()
  return {
    /** @returns the number of the packet's segment in its stream; null: the packet is left out */
    add: (packet: PacketText): number | null => {
      if (packet.flags?.includes('D')) return null
      const stream = open.get(packet.stream) ?? { segments: [], clockSec: null }
      open.set(packet.stream, stream)
      addPacket(stream, packet, canJump)
      return stream.segments.length - 1
    },
    segments: (): Segments =>
      new Map(
        [...open].flatMap(([index, { segments }]) => {
          const [first, ...others] = segments
          return first ? [[index, [first, ...others] as const]] : []
        }),
      ),
  }
}

/** Covers nothing. */
export const EMPTY: Segment = {
  count: 0,
  firstSec: Infinity,
  lastSec: -Infinity,
  endSec: -Infinity,
}

interface OpenStream {
  readonly segments: OpenSegment[]
  /** Time of the last packet that has one, in the order of decoding. */
  clockSec: number | null
}

type OpenSegment = { -readonly [Key in keyof Segment]: Segment[Key] }

function addPacket(stream: OpenStream, packet: PacketText, canJump: boolean): void {
  const [shownSec, decodedSec, lengthSec] = [packet.pts, packet.dts, packet.duration].map(toSec)
  // The order of display goes back at each B-frame.
  const clockSec = firstNumber(decodedSec)
  const last = stream.segments.at(-1)
  const isSet = last === undefined || isJump(stream.clockSec, clockSec, canJump)
  const segment: OpenSegment = isSet ? { ...EMPTY } : last
  if (isSet) stream.segments.push(segment)
  if (clockSec !== null) stream.clockSec = clockSec
  segment.count += 1
  const startSec = firstNumber(shownSec, decodedSec)
  if (startSec === null) return
  const isShown = startSec === shownSec
  if (isShown || segment.firstSec === Infinity) segment.firstSec = Math.min(segment.firstSec, startSec)
  if (startSec < segment.lastSec) return
  segment.lastSec = startSec
  // Some packets of MPEG and AVI state only when they are decoded, and may be shown a frame later.
  const factor = isShown ? 1 : 2
  segment.endSec = Math.max(startSec, startSec + factor * usableLength(lengthSec))
}

/** A packet that lasts for longer than a file may has a number that has wrapped. */
function usableLength(lengthSec: number | undefined): number {
  const sec = firstNumber(lengthSec) ?? 0
  return sec > MAX_SOURCE_SEC ? 0 : sec
}

function isJump(fromSec: number | null, toSec: number | null, canJump: boolean): boolean {
  if (fromSec === null || toSec === null) return false
  const stepSec = toSec - fromSec
  return stepSec < -MOST_BACK_SEC || (canJump && stepSec > MOST_AHEAD_SEC)
}

function toSec(text: string | undefined): number {
  return Number.parseFloat(text ?? '')
}

function firstNumber(...values: readonly (number | undefined)[]): number | null {
  return values.find((value) => value !== undefined && Number.isFinite(value)) ?? null
}
