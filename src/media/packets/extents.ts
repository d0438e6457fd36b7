/** Where a stream begins and ends, as its packets tell. Seconds on the file's clock. */
export interface Extent {
  count: number
  firstSec: number
  /** Start of the packet that is shown last. */
  lastSec: number
  /** End of the packet that ends last. */
  endSec: number
}

/** Extents by the index of the stream. */
export type Extents = Map<number, Extent>

/** A packet as ffprobe prints it: numbers are text, and an unknown value is `N/A`, empty or absent. */
export interface PacketText {
  readonly stream: number
  readonly pts?: string | undefined
  readonly dts?: string | undefined
  readonly duration?: string | undefined
  /** A `D` marks a packet that an edit list leaves out. */
  readonly flags?: string | undefined
}

export function addPacket(extents: Extents, packet: PacketText): void {
  if (packet.flags?.includes('D')) return
  const extent = extents.get(packet.stream) ?? {
    count: 0,
    firstSec: Infinity,
    lastSec: -Infinity,
    endSec: -Infinity,
  }
  extents.set(packet.stream, extent)
  extent.count += 1
  const [shownSec, decodedSec, lengthSec] = [packet.pts, packet.dts, packet.duration].map(toSec)
  const startSec = firstNumber(shownSec, decodedSec)
  if (startSec === null) return
  const isShown = startSec === shownSec
  if (isShown || extent.firstSec === Infinity) extent.firstSec = Math.min(extent.firstSec, startSec)
  extent.lastSec = Math.max(extent.lastSec, startSec)
  // Some packets of MPEG and AVI state only when they are decoded, and may be shown a frame later.
  const factor = isShown ? 1 : 2
  extent.endSec = Math.max(extent.endSec, startSec + factor * (firstNumber(lengthSec) ?? 0))
}

function toSec(text: string | undefined): number {
  return Number.parseFloat(text ?? '')
}

function firstNumber(...values: readonly (number | undefined)[]): number | null {
  return values.find((value) => value !== undefined && Number.isFinite(value)) ?? null
}
