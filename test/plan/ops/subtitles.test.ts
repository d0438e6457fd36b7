import { describe, expect, test } from 'vitest'
import { compilePlan, edited, TRIM, tryCompile } from '../../support/plan-facts.js'
import { ass, burned, srt, subtitleWorld } from '../../support/subtitles.js'

describe('mistakes', () => {
  test.each([
    ['logo.png', 'is an image asset, but subtitles are needed'],
    ['nothing', 'does not exist, but subtitles are needed'],
  ])('the asset %s is a mistake', (name, message) => {
    const compilation = tryCompile(edited(burned(name)), subtitleWorld('srt', srt([0, 1, 'x'])))
    expect(compilation).toMatchObject({ ok: false, issues: [{ pointer: '/operations/0/subtitles' }] })
    expect(JSON.stringify(compilation)).toContain(message)
  })

  test('a file that cannot be read is a mistake that names the line', () => {
    expect(tryCompile(edited(burned('film')), subtitleWorld('srt', '1\nx\n'))).toMatchObject({
      issues: [{ message: '"film" cannot be read: line 2 is neither the number nor the times of a cue' }],
    })
  })
})

describe('warnings', () => {
  const codes = (text: string, fields = {}) =>
    compilePlan(edited(TRIM, burned('film', fields)), subtitleWorld('srt', text)).warnings.map(
      ({ code }) => code,
    )

  test('a file without a cue on the timeline or in the window causes a warning', () => {
    expect(codes(srt([1.9, 5, 'x']))).toEqual([])
    expect(codes(srt([2, 5, 'x']))).toEqual(['subtitles-never-visible'])
    expect(codes(srt([2, 5, 'x']), { offset: -1 })).toEqual([])
    expect(codes(srt([1, 2, 'x']), { offset: -2 })).toEqual(['subtitles-never-visible'])
    expect(codes(srt([1, 2, 'x']), { end_time: 1 })).toEqual(['subtitles-never-visible'])
    expect(codes(srt([1.001, 1.002, 'x']))).toEqual(['subtitles-never-visible'])
  })

  test('characters of visible cues that no font has cause a warning', () => {
    expect(codes(srt([0, 1, 'a'], [1, 2, 'b\u{13000}']))).toEqual(['missing-glyphs'])
    expect(codes(srt([0, 1, 'a'], [5, 6, 'b\u{13000}']))).toEqual([])
    const { warnings } = compilePlan(
      edited(burned('film')),
      subtitleWorld('ass', ass(['0:00:01.00', '0:00:02.00', '{\\fn\u{13000}}x'])),
    )
    expect(warnings).toEqual([])
  })
})
