import { expect, test } from 'vitest'
import type { Anchor } from '../../../src/edit/fields/placement.js'
import { isBeyond, isOutside, roomAcross, roomAlong } from '../../../src/plan/layers/text-room.js'
import { textOverlay } from '../../support/overlays.js'
import { compilePlan, edited } from '../../support/plan-facts.js'

const PICTURE = { width: 640, height: 360 }

const at = (anchor: Anchor, position_x: number, position_y: number, rotation = 0) =>
  textOverlay({ anchor, position_x, position_y, rotation })

test.each([
  ['top-left', 100, 60, 0, 540, 300],
  ['top', 100, 60, 0, 440, 300],
  ['top-right', 100, 60, 0, 540, 300],
  ['left', 100, 0, 0, 540, 360],
  ['center', 0, 0, 0, 640, 360],
  ['bottom-right', 100, 60, 0, 540, 300],
  ['top-left', 100, 60, 90, 300, 100],
  ['top-left', 100, 60, 180, 100, 60],
  ['top-left', 700, 60, 0, 0, 0],
] as const)(
  'a text at %s, %i and %i, turned by %i°, has %i × %i pixels',
  (anchor, x, y, turn, along, across) => {
    expect(roomAlong(at(anchor, x, y, turn), PICTURE)).toBeCloseTo(along, 3)
    expect(roomAcross(at(anchor, x, y, turn), PICTURE)).toBeCloseTo(across, 3)
  },
)

test.each([
  ['top-left', 100, 60, 0, 540, 300, false],
  ['top-left', 100, 60, 0, 545, 300, true],
  ['top-left', -5, 60, 0, 100, 20, true],
  ['bottom-right', 10, 10, 0, 600, 340, false],
  ['bottom-right', 10, 10, 0, 600, 360, true],
  ['center', 0, 0, 90, 350, 600, false],
  ['center', 0, 0, 90, 400, 600, true],
] as const)(
  'at %s, %i and %i, turned by %i°, %i × %i pixels leave the picture: %s',
  (anchor, x, y, turn, width, height, is) => {
    expect(isBeyond(at(anchor, x, y, turn), PICTURE, { width, height })).toBe(is)
  },
)

test.each([
  ['top-left', 705, 60, 0, 200, 20, true],
  ['top-left', 645, 60, 0, 200, 20, false],
  ['top-left', -300, 60, 0, 200, 20, true],
  ['top-left', -300, 60, 0, 290, 20, false],
  ['top-left', 100, -110, 90, 100, 20, false],
  ['top-left', 100, -200, 270, 100, 20, true],
  ['bottom-right', 10, 400, 0, 100, 20, true],
  ['center', 0, 0, 0, 6000, 6000, false],
] as const)(
  'at %s, %i and %i, turned by %i°, %i × %i pixels are outside the picture: %s',
  (anchor, x, y, turn, width, height, is) => {
    expect(isOutside(at(anchor, x, y, turn), PICTURE, { block: { width, height }, reach: 0 })).toBe(is)
  },
)

test('what is drawn around a text counts', () => {
  const block = { width: 10, height: 10 }
  expect(isOutside(at('top-left', 660, 0), PICTURE, { block, reach: 0 })).toBe(true)
  expect(isOutside(at('top-left', 660, 0), PICTURE, { block, reach: 20 })).toBe(false)
})

test('text that leaves the picture is told', () => {
  const warned = (fields: Parameters<typeof textOverlay>[0]) =>
    compilePlan(edited(textOverlay(fields))).warnings.filter(({ code }) => code === 'text-beyond-picture')
  expect(warned({ content: 'word '.repeat(400), font_size: 60 })[0]?.message).toMatch(
    /^The text of \/operations\/0 takes about \d+×\d+ pixels, and a part of it is outside the picture of 1280×720\./,
  )
  expect(warned({ content: 'word '.repeat(40), font_size: 60 })).toEqual([])
  expect(warned({ content: 'word '.repeat(400), font_size: 60, fit: 'shrink' })).toEqual([])
  expect(warned({ content: 'word '.repeat(400), font_size: 60, fit: 'ellipsis' })).toEqual([])
  expect(warned({ content: 'word', position_x: -20 })).toHaveLength(1)
})
