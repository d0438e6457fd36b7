import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../../src/edit/limits.js'
import { fault, leftOutOf, srt, timedTexts } from '../../support/subtitles.js'

describe('amounts', () => {
  test('of text in one cue are limited: a longer one is left out', () => {
    const long = srt([0, 1, 'x'.repeat(10_000)], [1, 2, 'x'.repeat(10_001)], [2, 3, 'y'])
    expect(timedTexts('srt', long).map(([start]) => start)).toEqual([0, 2000])
    expect(leftOutOf('srt', long)).toEqual(['6 has a cue of more than 10000 characters'])
  })

  test('of cues are limited, in total and at one moment', () => {
    const many = Array.from(
      { length: LIMITS.subtitleCues + 1 },
      (_, index) => [index, index + 1, 'x'] as const,
    )
    expect(fault('srt', srt(...many))).toContain('has more than 20000 cues')
    expect(fault('srt', srt(...many.slice(1)))).toBeNull()
    const heap = Array.from({ length: LIMITS.subtitleCuesAtOnce + 1 }, () => [0, 1, 'x'] as const)
    expect(fault('srt', srt(...heap))).toContain('has 51 cues at one moment; at most 50 are allowed')
    expect(fault('srt', srt(...heap.slice(1), [1, 2, 'x']))).toBeNull()
  })
})

test('controls and byte order marks are no part of a text', () => {
  expect(timedTexts('srt', `\ufeff${srt([0, 1, 'a\0b\u0007\ufeffc'])}`)).toEqual([[0, 1000, 'abc']])
})
