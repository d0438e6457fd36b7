import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitBlocks } from '../../../../src/plan/subtitles/formats/override-blocks.js'

test('a text is split as the pattern of a block splits it', () => {
  const texts = fc.string({ unit: fc.constantFrom('{', '}', 'a', '\\', 'n'), maxLength: 30 })
  fc.assert(
    fc.property(texts, (text) => {
      const parts = text.split(/(\{[^}]*\})/).filter((part) => part !== '')
      expect(splitBlocks(text).map((run) => run.text)).toEqual(parts)
      for (const { text: part, isBlock } of splitBlocks(text)) {
        expect(isBlock).toBe(/^\{[^}]*\}$/.test(part))
      }
    }),
  )
})

test.each([
  ['braces that open', '{'.repeat(1_000_000)],
  ['braces that close', '}'.repeat(1_000_000)],
  ['blocks', '{}'.repeat(500_000)],
])('a million of %s are read at once', (_, text) => {
  expect(
    splitBlocks(text)
      .map((run) => run.text)
      .join(''),
  ).toBe(text)
})
