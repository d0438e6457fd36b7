import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../../src/edit/limits.js'
import { fault, srt } from '../../support/subtitles.js'

describe('amounts', () => {
  test('of text in one cue are limited', () => {
    expect(fault('srt', srt([0, 1, 'x'.repeat(10_000)]))).toBeNull()
    expect(fault('srt', srt([0, 1, 'x'.repeat(10_001)]))).toContain('line 2 has a cue of more than 10000')
    expect(fault('vtt', `WEBVTT\n\n00:01.0 --> 00:02.0\n${'x'.repeat(10_001)}`)).toContain('line 3 has a cue')
  })

  test('of cues are limited, in total and at one moment', () => {
    const many = Array.from(
      { length: LIMITS.subtitleCues + 1 },
      (_, index) => [index, index + 1, 'x'] as const,
    )
    expect(fault('srt', srt(...many))).toContain('has 20001 cues; at most 20000 are allowed')
    expect(fault('srt', srt(...many.slice(1)))).toBeNull()
    const heap = Array.from({ length: LIMITS.subtitleCuesAtOnce + 1 }, () => [0, 1, 'x'] as const)
    expect(fault('srt', srt(...heap))).toContain('has 51 cues at one moment; at most 50 are allowed')
    expect(fault('srt', srt(...heap.slice(1), [1, 2, 'x']))).toBeNull()
  })
})
