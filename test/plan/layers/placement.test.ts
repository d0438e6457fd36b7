import { describe, expect, test } from 'vitest'
import { type Anchor, ANCHORS, type Length } from '../../../src/edit/fields/placement.js'
import { anchorPoint, placeLayer } from '../../../src/plan/layers/placement.js'

const PICTURE = { width: 320, height: 180 }
const LAYER = { width: 31, height: 20 }

function place(anchor: Anchor, position_x: Length = 0, position_y: Length = 0) {
  return placeLayer({ anchor, position_x, position_y }, PICTURE, LAYER)
}

test.each<[Anchor, number, number]>([
  ['top-left', 7, 5],
  ['top', 152, 5],
  ['top-right', 282, 5],
  ['left', 7, 85],
  ['center', 152, 85],
  ['right', 282, 85],
  ['bottom-left', 7, 155],
  ['bottom', 152, 155],
  ['bottom-right', 282, 155],
])('distances from the anchor %s count inwards', (anchor, x, y) => {
  expect(place(anchor, 7, 5)).toEqual({ x, y })
})

describe('percentages', () => {
  test('are shares of the width and of the height, rounded to whole pixels', () => {
    expect(place('top-left', '25%', '25%')).toEqual({ x: 80, y: 45 })
    expect(place('bottom-right', '10%', '-5%')).toEqual({ x: 257, y: 169 })
    expect(place('top-left', '0.2%', '-0.2%')).toEqual({ x: 1, y: 0 })
    expect(place('center', '50%', '-50%')).toEqual({ x: 305, y: -10 })
  })

  test('are not rounded for the anchor point itself', () => {
    const point = anchorPoint({ anchor: 'right', position_x: '12.5%', position_y: '0.1%' }, PICTURE)
    expect(point.x).toBe(280)
    expect(point.y).toBeCloseTo(90.18, 9)
  })
})

test('a layer larger than the picture keeps to its anchor and reaches beyond the other sides', () => {
  const large = { width: 400, height: 200 }
  const corners = ANCHORS.map((anchor) =>
    placeLayer({ anchor, position_x: 0, position_y: 0 }, PICTURE, large),
  )
  expect(corners.map(({ x }) => x)).toEqual([0, -40, -80, 0, -40, -80, 0, -40, -80])
  expect(corners.map(({ y }) => y)).toEqual([0, 0, 0, -10, -10, -10, -20, -20, -20])
})
