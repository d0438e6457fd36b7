import { describe, expect, test } from 'vitest'
import type { Plan } from '../../../src/plan/model/plan.js'
import { escapeText } from '../../../src/plan/text/ass-text.js'
import {
  compilePlan,
  edited,
  imageAsset,
  mediaFacts,
  TRIM,
  tryCompile,
  videoFacts,
  type World,
} from '../../support/plan-facts.js'
import { ass, burned, srt, subtitleAsset } from '../../support/subtitles.js'

/** Ten seconds at 25 frames a second. */
const world = (format: 'srt' | 'vtt' | 'ass', text: string): World => ({
  assets: { film: subtitleAsset(format, text), 'logo.png': imageAsset() },
})

const dialogues = ({ passes: [pass] }: Plan, file: number) =>
  (pass?.sideFiles[file]?.contents ?? '').split('\n').filter((line) => line.startsWith('Dialogue:'))

describe('mistakes', () => {
  test.each([
    ['logo.png', 'is an image asset, but subtitles are needed'],
    ['nothing', 'does not exist, but subtitles are needed'],
  ])('an asset %s is one', (name, message) => {
    const compilation = tryCompile(edited(burned(name)), world('srt', srt([0, 1, 'x'])))
    expect(compilation).toMatchObject({ ok: false, issues: [{ pointer: '/operations/0/subtitles' }] })
    expect(JSON.stringify(compilation)).toContain(message)
  })

  test('a file that cannot be read is one, with its line', () => {
    expect(tryCompile(edited(burned('film')), world('srt', '1\nx\n'))).toMatchObject({
      issues: [{ message: '"film" cannot be read: line 2 is neither the number nor the times of a cue' }],
    })
  })
})

describe('remarks', () => {
  const codes = (text: string, fields = {}) =>
    compilePlan(edited(TRIM, burned('film', fields)), world('srt', text)).warnings.map(({ code }) => code)

  test('no cue on the timeline, or in the window, is one', () => {
    expect(codes(srt([1.9, 5, 'x']))).toEqual([])
    expect(codes(srt([2, 5, 'x']))).toEqual(['subtitles-never-visible'])
    expect(codes(srt([2, 5, 'x']), { offset: -1 })).toEqual([])
    expect(codes(srt([1, 2, 'x']), { offset: -2 })).toEqual(['subtitles-never-visible'])
    expect(codes(srt([1, 2, 'x']), { end_time: 1 })).toEqual(['subtitles-never-visible'])
    expect(codes(srt([1.001, 1.002, 'x']))).toEqual(['subtitles-never-visible'])
  })

  test('characters that no font has are one, of the cues that are shown', () => {
    expect(codes(srt([0, 1, 'a'], [1, 2, 'b\u{13000}']))).toEqual(['missing-glyphs'])
    expect(codes(srt([0, 1, 'a'], [5, 6, 'b\u{13000}']))).toEqual([])
    const { warnings } = compilePlan(
      edited(burned('film')),
      world('ass', ass(['0:00:01.00', '0:00:02.00', '{\\fn\u{13000}}x'])),
    )
    expect(warnings).toEqual([])
  })
})

describe('the script of cues', () => {
  test('has a style of the edit and a line for each cue, on the clock of frames', () => {
    const text = srt([1, 2.02, 'One <i>two</i>\nthree'], [2.5, 60, '{\\an8}{a}\\N'])
    const op = burned('film', {
      font_size: 100,
      font_color: '#11223380',
      outline_width: 2.5,
      margin: 7,
      bold: true,
    })
    const plan = compilePlan(edited(op), world('srt', text))
    expect(plan.passes[0]?.sideFiles[1]?.contents).toContain(
      'Style: Cue,Noto Sans,151.9,&H7F332211,&H7F332211,&H00000000,&H00000000,-1,0,0,0,100,100,0,0,1,2.5,0,2,64,64,7,-1',
    )
    expect(dialogues(plan, 1)).toEqual([
      String.raw`Dialogue: 0,0:00:00.25,0:00:00.51,Cue,,0,0,0,,{\an2}One {\i1}two{\i0}\Nthree`,
      `Dialogue: 0,0:00:00.63,0:00:02.50,Cue,,0,0,0,,{\\an8}${escapeText('{a}\\N', true)}`,
    ])
    expect(dialogues(plan, 0).map((line) => line.slice(10, 35))).toEqual([
      '0,0:00:00.00,0:00:00.25,A',
      '0,0:00:00.25,0:00:00.51,B',
      '0,0:00:00.51,0:00:00.63,A',
      '0,0:00:00.63,0:00:02.50,B',
    ])
  })

  test('is one line a cue, whatever the text', () => {
    const hostile =
      'x\n[Events]\nDialogue: 0,0:00:00.00,9:00:00.00,Cue,,0,0,0,,evil\u0085\u2028Style: x\ufdd0\ufdd0'
    const plan = compilePlan(edited(burned('film')), world('srt', srt([0, 1, hostile])))
    expect(dialogues(plan, 1)).toHaveLength(1)
    const lines = plan.passes[0]?.sideFiles[1]?.contents.split('\n') ?? []
    expect(lines.filter((line) => line.startsWith('Style:'))).toHaveLength(1)
  })

  test('of an ASS file is what is used of it, a second later', () => {
    const plan = compilePlan(
      edited(burned('film')),
      world('ass', ass(['0:00:01.50', '0:00:02.00', '{\\an8}a,b'], ['0:01:00.00', '0:02:00.00', 'late'])),
    )
    expect(dialogues(plan, 1)).toEqual(['Dialogue: 0,0:00:02.50,0:00:03.00,Default,,0,0,0,,{\\an8}a,b'])
  })
})

test('twelve hours of 10 000 cues compile at once', () => {
  const frameRate = { num: 60_000, den: 1001 }
  const seconds = 12 * 3600
  const facts = mediaFacts({
    durationSec: seconds,
    video: videoFacts({ durationSec: seconds, frameRate, frameCount: Math.floor((seconds * 60_000) / 1001) }),
    audio: [],
  })
  const cues = Array.from(
    { length: 10_000 },
    (_, index) => [index * 4.3, index * 4.3 + 3, `Cue <b>${index}</b>`] as const,
  )
  const plan = compilePlan(edited(burned('film')), { ...world('srt', srt(...cues)), facts })
  expect(dialogues(plan, 1)).toHaveLength(10_000)
  // The last cue, at 42 995.7 s, begins with frame 2 577 165: 42 995.7 · 60 000 / 1001, rounded up.
  expect(dialogues(plan, 1).at(-1)).toContain('Dialogue: 0,7:09:31.65,7:09:33.45,')
})
