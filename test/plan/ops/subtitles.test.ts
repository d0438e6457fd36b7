import { describe, expect, test } from 'vitest'
import { compilePlan, edited, TRIM, tryCompile } from '../../support/plan-facts.js'
import { ass, burned, srt, subtitleAsset, subtitleWorld } from '../../support/subtitles.js'

describe('mistakes', () => {
  test.each([
    ['logo.png', 'is an image asset, but subtitles are needed'],
    ['nothing', 'does not exist, but subtitles are needed'],
  ])('the asset %s is a mistake', (name, message) => {
    const compilation = tryCompile(edited(burned(name)), subtitleWorld('srt', srt([0, 1, 'x'])))
    expect(compilation).toMatchObject({ ok: false, issues: [{ pointer: '/operations/0/subtitles' }] })
    expect(JSON.stringify(compilation)).toContain(message)
  })

  test('a file of which nothing can be read is a mistake that names a line', () => {
    const why = 'the file has no cues that can be read: line 2 is neither the number nor the times of a cue'
    expect(tryCompile(edited(burned('film')), subtitleWorld('srt', '1\nx\n'))).toMatchObject({
      issues: [{ message: `"film" cannot be read: ${why}` }],
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

  test('lines that cannot be read cause a remark that names them', () => {
    const text = `title\n${srt([0, 1, 'a'], [2, 1, 'b'])}`
    expect(compilePlan(edited(burned('film')), subtitleWorld('srt', text)).warnings).toEqual([
      {
        code: 'subtitles-left-out',
        message:
          'Some of "film" is not shown: line 1 is neither the number nor the times of a cue; ' +
          'line 7 has a cue that ends before it begins.',
      },
    ])
    const many = srt([0, 1, 'a'], ...Array.from({ length: 12 }, () => [2, 1, 'b'] as const))
    expect(compilePlan(edited(burned('film')), subtitleWorld('srt', many)).warnings[0]?.message).toMatch(
      /; and 2 more\.$/,
    )
  })

  test('an encoding that was guessed causes a remark', () => {
    const asset = subtitleAsset('srt', srt([0, 1, 'é']))
    const subtitles = asset.subtitles && { ...asset.subtitles, guessedEncoding: 'Windows-1252' }
    const { warnings } = compilePlan(edited(burned('film')), {
      assets: { film: { ...asset, ...(subtitles && { subtitles }) } },
    })
    expect(warnings).toEqual([
      {
        code: 'subtitles-encoding-guessed',
        message:
          '"film" does not say how its characters are encoded, and was read as Windows-1252. ' +
          'If letters are wrong, save the file as UTF-8.',
      },
    ])
  })
})
