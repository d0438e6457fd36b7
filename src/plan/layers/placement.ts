import type { Anchor, Length, Placement } from '../../edit/fields/placement.js'
import type { Size } from '../model/size.js'

/** A point of the picture, in pixels from its left and top edge. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** How far right and down an anchor is, as a share of the whole. */
export const SHARES: Readonly<Record<Anchor, Point>> = {
  'top-left': { x: 0, y: 0 },
  top: { x: 0.5, y: 0 },
  'top-right': { x: 1, y: 0 },
  left: { x: 0, y: 0.5 },
  center: { x: 0.5, y: 0.5 },
  right: { x: 1, y: 0.5 },
  'bottom-left': { x: 0, y: 1 },
  bottom: { x: 0.5, y: 1 },
  'bottom-right': { x: 1, y: 1 },
}

/** The point of the picture where the anchor of a layer lies; not rounded. */
export function anchorPoint(placement: Placement, picture: Size): Point {
  const share = SHARES[placement.anchor]
  return {
    x: picture.width * share.x + inwards(share.x, pixelsOf(placement.position_x, picture.width)),
    y: picture.height * share.y + inwards(share.y, pixelsOf(placement.position_y, picture.height)),
  }
}

/** The whole pixel of the picture where the top left corner of a layer lies. */
export function placeLayer(placement: Placement, picture: Size, layer: Size): Point {
  const share = SHARES[placement.anchor]
  const point = anchorPoint(placement, picture)
  return {
    x: wholePixel(point.x - layer.width * share.x),
    y: wholePixel(point.y - layer.height * share.y),
  }
}

/** Whether any pixel of a layer lies within the picture. */
export function isWithinView({ x, y }: Point, layer: Size, picture: Size): boolean {
  return x < picture.width && y < picture.height && x + layer.width > 0 && y + layer.height > 0
}

/** A length along a side of the picture in pixels; not rounded. */
export function pixelsOf(length: Length, side: number): number {
  return typeof length === 'number' ? length : (Number.parseFloat(length) / 100) * side
}

/** Distances from the right and from the bottom count backwards. */
function inwards(share: number, distance: number): number {
  return share === 1 ? -distance : distance
}

/** Never −0, which would be printed. */
function wholePixel(value: number): number {
  return Math.round(value) + 0
}
