/** The line axis of a picture: from above downwards, or across the picture when lines are vertical. In pixels. */
export interface Interval {
  readonly from: number
  readonly until: number
}

interface Request {
  /** What is taken, in the order in which it was placed. */
  readonly taken: readonly Interval[]
  /** The length of the box on the axis. */
  readonly size: number
  /** Where the box must lie. */
  readonly area: Interval
}

/**
 * Places a box at a line by the steps of WebVTT (https://www.w3.org/TR/webvtt1/#processing-cue-settings): from the
 * wanted line it goes away from the edge that the line counts from, a line at a time, until it is free; failing that,
 * the other way. null: there is no room.
 */
export function placeAtLine(from: number, step: number, { taken, size, area }: Request): number | null {
  const [first, second] = step < 0 ? ([-1, 1] as const) : ([1, -1] as const)
  const lineSize = Math.abs(step)
  return goAlong(first) ?? goAlong(second)

  function goAlong(direction: 1 | -1): number | null {
    let at = from
    // Each jump goes past something that is taken, or into the area.
    for (let jumps = 0; jumps <= taken.length + 1; jumps += 1) {
      const least = direction > 0 ? Math.max(area.from - at, 0) : Math.max(at + size - area.until, 0)
      const blocking = taken.find((box) => overlap(box, { from: at, until: at + size }))
      const past = blocking ? (direction > 0 ? blocking.until - at : at + size - blocking.from) : 0
      const distance = Math.max(least, past)
      if (distance <= TOLERANCE) return isWithin(at, size, area) ? at : null
      at += direction * lineSize * Math.ceil((distance - TOLERANCE) / lineSize)
    }
    return null
  }
}

/** Places a box as near as possible to where it should be. null: there is no room. */
export function placeNear(from: number, { taken, size, area }: Request): number | null {
  const wanted = Math.min(Math.max(from, area.from), area.until - size)
  const candidates = [wanted, ...taken.flatMap((box) => [box.from - size, box.until])]
  const free = candidates.filter(
    (at) => isWithin(at, size, area) && !taken.some((box) => overlap(box, { from: at, until: at + size })),
  )
  // Of two that are equally near, the upper one.
  free.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b)
  return free[0] ?? null
}

/** Boxes that touch do not overlap, however their edges are rounded. */
const TOLERANCE = 0.01

export function overlap(a: Interval, b: Interval): boolean {
  return a.from < b.until - TOLERANCE && b.from < a.until - TOLERANCE
}

function isWithin(at: number, size: number, { from, until }: Interval): boolean {
  return at >= from - TOLERANCE && at + size <= until + TOLERANCE
}
