import { type Placement } from '../../edit/fields/placement.js'
import type { Size } from '../model/size.js'
import { anchorPoint, type Point, SHARES } from './placement.js'

/** A text that is placed on a picture. */
type Placed = Placement & { readonly rotation: number }

/**
 * The pixels that a line has from the anchor to the edge of the picture, in the direction in which it runs; of lines
 * that stand on both sides of the anchor, twice those on the shorter side. 0: the anchor is outside.
 */
export function roomAlong(op: Placed, picture: Size): number {
  return room(op, picture, { degrees: op.rotation, share: SHARES[op.anchor].x })
}

/** The same, across the lines. */
export function roomAcross(op: Placed, picture: Size): number {
  return room(op, picture, { degrees: op.rotation + 90, share: SHARES[op.anchor].y })
}

interface Axis {
  /** Clockwise, from the right. */
  readonly degrees: number
  /** How much of the text is in front of the anchor. */
  readonly share: number
}

function room(op: Placed, picture: Size, { degrees, share }: Axis): number {
  const ahead = () => untilEdge(op, picture, degrees)
  const behind = () => untilEdge(op, picture, degrees + 180)
  if (share === 0) return ahead()
  return share === 1 ? behind() : 2 * Math.min(ahead(), behind())
}

function untilEdge(op: Placed, picture: Size, degrees: number): number {
  const { x, y } = anchorPoint(op, picture)
  const angle = (degrees * Math.PI) / 180
  const along = (at: number, side: number, step: number) => {
    if (at < 0 || at > side) return 0
    if (Math.abs(step) < 1e-9) return Infinity
    return step > 0 ? (side - at) / step : at / -step
  }
  return Math.min(along(x, picture.width, Math.cos(angle)), along(y, picture.height, Math.sin(angle)))
}

/** Pixels by which a text may reach beyond the picture before it is told: they may be blank. */
const SLACK = 1

/**
 * Whether a part of a text is outside the picture.
 * @param block size of the text, from the top of its tallest letter
 */
export function isBeyond(op: Placed, picture: Size, block: Size): boolean {
  const isInside = (at: number, side: number) => at >= -SLACK && at <= side + SLACK
  return cornersOf(op, picture, { block, reach: 0 }).some(
    ({ x, y }) => !isInside(x, picture.width) || !isInside(y, picture.height),
  )
}

/** Letters may be so much larger than their measures say. */
const SURELY = 0.3

/**
 * Whether all of a text is surely outside the picture.
 * @param block as for `isBeyond`
 * @param reach pixels by which what is drawn is larger on every side
 */
export function isOutside(op: Placed, picture: Size, { block, reach }: Drawn): boolean {
  const own = reach + SURELY * Math.max(block.width, block.height)
  const corners = cornersOf(op, picture, { block, reach: own })
  const isPast = (axis: keyof Point, side: number) =>
    corners.every((corner) => corner[axis] < 0) || corners.every((corner) => corner[axis] > side)
  return isPast('x', picture.width) || isPast('y', picture.height)
}

interface Drawn {
  readonly block: Size
  readonly reach: number
}

function cornersOf(op: Placed, picture: Size, { block, reach }: Drawn): Point[] {
  const { x, y } = anchorPoint(op, picture)
  const share = SHARES[op.anchor]
  const angle = (op.rotation * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const ends = (length: number, before: number) => [-length * before - reach, length * (1 - before) + reach]
  return ends(block.width, share.x).flatMap((right) =>
    ends(block.height, share.y).map((below) => ({
      x: x + right * cos - below * sin,
      y: y + right * sin + below * cos,
    })),
  )
}
