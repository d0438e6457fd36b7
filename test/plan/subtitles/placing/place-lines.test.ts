import { describe, expect, test } from 'vitest'
import { placeAtLine, placeNear } from '../../../../src/plan/subtitles/placing/place-lines.js'

const area = { from: 0, until: 100 }

describe('a box at a line', () => {
  test.each([
    ['is free', 0, 10, 10, [], 0],
    ['from above goes down past what is there', 0, 10, 10, [[0, 10]], 10],
    ['goes down by whole lines', 0, 10, 10, [[0, 12]], 20],
    [
      'goes down past several',
      0,
      10,
      10,
      [
        [0, 10],
        [10, 30],
      ],
      30,
    ],
    ['goes the other way when there is no room', 50, 10, 10, [[50, 100]], 40],
    ['from below goes up', 90, -10, 10, [[90, 100]], 80],
    ['from below goes up by its further lines', 90, -10, 30, [], 70],
    ['from below goes down when there is no room', 30, -10, 10, [[0, 40]], 40],
    ['beyond the picture comes back into it', 300, 10, 10, [], 90],
  ] as const)('that %s', (_what, from, step, size, taken, wanted) => {
    const boxes = taken.map(([start, end]) => ({ from: start, until: end }))
    expect(placeAtLine(from, step, { taken: boxes, size, area })).toBe(wanted)
  })

  test('finds no room in a full picture, nor for a box that is larger', () => {
    expect(placeAtLine(0, 10, { taken: [area], size: 10, area })).toBeNull()
    expect(placeAtLine(0, 10, { taken: [], size: 110, area })).toBeNull()
  })
})

describe('a box at a percentage', () => {
  test.each([
    ['is free', 50, [], 50],
    ['is moved into the picture', 95, [], 90],
    ['goes to the nearer side of what is there', 50, [[45, 58]], 58],
    ['goes up when both sides are as near', 50, [[45, 65]], 35],
  ] as const)('that %s', (_what, from, taken, wanted) => {
    const boxes = taken.map(([start, end]) => ({ from: start, until: end }))
    expect(placeNear(from, { taken: boxes, size: 10, area })).toBe(wanted)
  })

  test('finds no room in a full picture', () => {
    expect(placeNear(50, { taken: [{ from: 5, until: 95 }], size: 10, area })).toBeNull()
  })
})
