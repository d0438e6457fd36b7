import colorNames from 'color-name'
import { expect, test } from 'vitest'
import { COLOR_PATTERN, parseColor } from '../../../src/edit/fields/color.js'

test.each([
  ['#fff', 255, 255, 255, 255],
  ['#a0F', 170, 0, 255, 255],
  ['#12aBef', 18, 171, 239, 255],
  ['#12abef00', 18, 171, 239, 0],
  ['#12abef80', 18, 171, 239, 128],
  ['white', 255, 255, 255, 255],
  ['rebeccapurple', 102, 51, 153, 255],
])('%s is (%i, %i, %i) with alpha %i', (text, red, green, blue, alpha) => {
  expect(text).toMatch(COLOR_PATTERN)
  expect(parseColor(text)).toEqual({ red, green, blue, alpha })
})

test('every CSS colour name is a colour', () => {
  for (const [name, [red, green, blue]] of Object.entries(colorNames)) {
    expect(name).toMatch(COLOR_PATTERN)
    expect(parseColor(name)).toEqual({ red, green, blue, alpha: 255 })
  }
})

test.each([
  ...['', '#', '#ff', '#ffff', '#fffff', '#fffffff', '#fffffffff', '#ggg', 'ffffff', ' white', 'white\n'],
  ...['White', 'transparent', 'constructor', 'toString', '__proto__', 'rgb(1,2,3)', '#fff:x=1', '&H00FFFFFF'],
])('%j is not a colour', (text) => {
  expect(text).not.toMatch(COLOR_PATTERN)
})
