import { expect, test } from 'vitest'
import { colourEmoji, countLayers } from '../../../src/plan/text/colour-emoji.js'

function colorsOf(emoji: string): string[] {
  return (colourEmoji(emoji)?.layers ?? []).map(({ color }) => color)
}

test('an emoji has layers in the colours of its font', () => {
  expect(colorsOf('😀')).toEqual(['ffcc4dff', '664500ff', 'ffffffff'])
  expect(colorsOf('🏳️\u200d🌈')).toHaveLength(6)
})

test('it is the same with and without the selector of the emoji style', () => {
  expect(colorsOf('❤\ufe0f')).toEqual(['dd2e44ff'])
  expect(colorsOf('❤')).toEqual(colorsOf('❤\ufe0f'))
  expect(colorsOf('1\ufe0f\u20e3')).toEqual(colorsOf('1\u20e3'))
})

test.each(['a', '1', '#', 'क', '❤\ufe0e', '👍\ufe0e', '👩\u200d👍', '\u{1fae9}'])(
  '%j has none',
  (grapheme) => {
    expect(colourEmoji(grapheme)).toBeNull()
  },
)

test('sequences have layers of their own', () => {
  const sequences = [
    '👍',
    '👍🏿',
    '👩🏽\u200d🚀',
    '👩\u200d❤\ufe0f\u200d👨',
    '🇩🇪',
    '🇩🇰',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  ]
  const drawn = sequences.map((sequence) => JSON.stringify(colourEmoji(sequence)))
  expect(new Set(drawn).size).toBe(sequences.length)
  expect(drawn).not.toContain('null')
})

test('the layers of a text are counted', () => {
  expect(countLayers('none in here 1 2 3')).toBe(0)
  expect(countLayers('a 😀 b ❤\ufe0f ❤\ufe0e')).toBe(4)
})
