import { describe, expect, test } from 'vitest'
import { type Cue, DEFAULT_POSITION, PLAIN, textOf } from '../../../src/plan/subtitles/cue.js'
import { divideCue } from '../../../src/plan/subtitles/divide-cue.js'

type Part = string | readonly [text: string, fromMs: number]

function cue(...parts: readonly Part[]): Cue {
  const spans = parts.map((part) =>
    typeof part === 'string'
      ? { text: part, style: PLAIN }
      : { text: part[0], fromMs: part[1], style: PLAIN },
  )
  return { startMs: 1000, endMs: 5000, spans, position: DEFAULT_POSITION }
}

function divided(
  given: Cue,
  maxWords: number | null,
  maxChars: number | null = null,
): [number, number, string][] {
  return divideCue(given, { maxWords, maxChars }).map((one) => [one.startMs, one.endMs, textOf(one)])
}

describe('a cue is divided', () => {
  test('not at all without a limit', () => {
    const whole = cue('one two\nthree')
    expect(divideCue(whole, { maxWords: null, maxChars: null })).toEqual([whole])
  })

  test('into even parts, by the length of its words', () => {
    expect(divided(cue('aaaa bbbb\ncccc dddd'), 3)).toEqual([
      [1000, 3000, 'aaaa bbbb'],
      [3000, 5000, 'cccc dddd'],
    ])
    expect(divided(cue('a bbbbbbb'), 1)).toEqual([
      [1000, 1500, 'a'],
      [1500, 5000, 'bbbbbbb'],
    ])
  })

  test('by the letters, where a long word stands alone', () => {
    expect(divided(cue('I am extraordinarily ok'), null, 6).map(([, , text]) => text)).toEqual([
      'I am',
      'extraordinarily',
      'ok',
    ])
  })

  test('by the times of its words', () => {
    const timed = cue('one ', ['two ', 1200], ['three ', 1900], ['four', 4000])
    expect(divided(timed, 2)).toEqual([
      [1000, 1900, 'one two'],
      [1900, 5000, 'three four'],
    ])
  })

  test('between two times that are known, by the length of the words', () => {
    expect(divided(cue(['aaaa bbbb ', 1000], ['c', 3000]), 1)).toEqual([
      [1000, 2000, 'aaaa'],
      [2000, 3000, 'bbbb'],
      [3000, 5000, 'c'],
    ])
  })

  test('with the styles of its words, and never within one', () => {
    const styled: Cue = {
      ...cue(),
      spans: [
        { text: 'un', style: PLAIN },
        { text: 'believ', style: { ...PLAIN, italic: true } },
        { text: 'able word', style: PLAIN },
      ],
    }
    const [first, second] = divideCue(styled, { maxWords: 1, maxChars: null })
    expect(first?.spans.map(({ text, style }) => [text, style.italic])).toEqual([
      ['un', false],
      ['believ', true],
      ['able', false],
    ])
    expect(second?.spans.map(({ text }) => text)).toEqual(['word'])
  })

  test('between words of scripts without blanks, with the marks behind them', () => {
    const texts = divided(cue('今日は、いい天気ですね。'), 1).map(([, , text]) => text)
    expect(texts.length).toBeGreaterThan(3)
    expect(texts.join('')).toBe('今日は、いい天気ですね。')
    expect(texts.every((text) => !/^[、。]/.test(text))).toBe(true)
  })

  test('and parts for which there is no time are left out', () => {
    const late = cue(['one ', 5000], ['two', 5000])
    expect(divided(late, 1)).toEqual([[1000, 5000, 'one']])
  })
})
