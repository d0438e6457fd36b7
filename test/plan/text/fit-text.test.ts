import { describe, expect, test } from 'vitest'
import { type FitRequest, fitText } from '../../../src/plan/text/fit-text.js'
import { fontFor } from '../../../src/plan/text/fonts.js'
import { widthOf } from '../../../src/plan/text/text-width.js'

const REQUEST: FitRequest = {
  ...{ text: 'a line of many words, which is long', font: fontFor('en'), isBold: false },
  ...{ sizePx: 40, widthPx: 300, fit: 'wrap', maxLines: () => 1 },
}

function fit(request: Partial<FitRequest>) {
  return fitText({ ...REQUEST, ...request })
}

describe('text that shrinks', () => {
  test('has the largest size at which it fits into its lines', () => {
    for (const most of [1, 2, 3]) {
      const { sizePx, lines, text } = fit({ fit: 'shrink', maxLines: () => most })
      expect(text).toBe(REQUEST.text)
      expect(lines.length).toBeLessThanOrEqual(most)
      const width = (size: number, line: string) => widthOf(line.trimEnd(), REQUEST.font, false) * size
      for (const line of lines) expect(width(sizePx, line)).toBeLessThanOrEqual(300)
      if (most === 1) expect(width(sizePx + 1, REQUEST.text)).toBeGreaterThan(300)
    }
  })

  test('keeps its size if it fits, and breaks no word', () => {
    expect(fit({ fit: 'shrink', text: 'short' }).sizePx).toBe(40)
    const { sizePx, lines } = fit({
      fit: 'shrink',
      text: 'Donaudampfschifffahrtsgesellschaft',
      maxLines: () => 9,
    })
    expect(lines).toHaveLength(1)
    expect(sizePx).toBeLessThan(20)
  })

  test('has a size, even if it fits at none', () => {
    expect(fit({ fit: 'shrink', text: 'w'.repeat(10_000) }).sizePx).toBe(1)
  })
})

describe('text that is cut', () => {
  test('ends its last line in "…", within the width', () => {
    for (const most of [1, 2]) {
      const { lines, text, sizePx } = fit({ fit: 'ellipsis', maxLines: () => most })
      expect(lines).toHaveLength(most)
      expect(text.endsWith('…')).toBe(true)
      expect(REQUEST.text.startsWith(text.replace('…', '').replaceAll('\n', ' '))).toBe(true)
      expect(widthOf(lines.at(-1) ?? '', REQUEST.font, false) * sizePx).toBeLessThanOrEqual(300)
    }
  })

  test('stays as it is if it fits', () => {
    expect(fit({ fit: 'ellipsis', text: 'short' }).text).toBe('short')
    expect(fit({ fit: 'ellipsis', maxLines: () => 9 }).lines.join('')).toBe(REQUEST.text)
  })

  test.each(['👩‍👩‍👧'.repeat(40), 'नमस्ते'.repeat(40), 'e\u0301'.repeat(100)])(
    'takes no letter of %s apart',
    (text) => {
      const { text: cut } = fit({ fit: 'ellipsis', text })
      const graphemes = [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment)
      const kept = [...new Intl.Segmenter('en').segment(cut.replace('…', ''))].map(({ segment }) => segment)
      expect(kept.length).toBeGreaterThan(1)
      expect(kept).toEqual(graphemes.slice(0, kept.length))
    },
  )
})

test('text without a width is not broken', () => {
  expect(fit({ widthPx: null, text: 'w'.repeat(100) })).toEqual({
    text: 'w'.repeat(100),
    sizePx: 40,
    lines: ['w'.repeat(100)],
  })
})

test('text of 10,000 letters is fitted at once', () => {
  for (const way of ['wrap', 'shrink', 'ellipsis'] as const) {
    const { lines } = fit({ fit: way, text: 'word 汉 '.repeat(1400), maxLines: () => 20 })
    expect(lines.length).toBeGreaterThan(1)
  }
})
