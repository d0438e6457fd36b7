import { describe, expect, test } from 'vitest'
import type { Plan } from '../../../src/plan/model/plan.js'
import { escapeRun, prepareText } from '../../../src/plan/text/ass-text.js'
import { compilePlan, edited, mediaFacts, videoFacts } from '../../support/plan-facts.js'
import { ass, burned, srt, subtitleWorld } from '../../support/subtitles.js'

const dialogues = ({ passes: [pass] }: Plan, file: number) =>
  (pass?.sideFiles[file]?.contents ?? '').split('\n').filter((line) => line.startsWith('Dialogue:'))

describe('the script of cues', () => {
  test('has the style of the edit and a line for each cue, timed by frames', () => {
    const text = srt([1, 2.02, 'One <i>two</i>\nthree'], [2.5, 60, '{\\an8}{a}\\N'])
    const op = burned('film', {
      font_size: 100,
      font_color: '#11223380',
      outline_width: 2.5,
      margin: 7,
      bold: true,
    })
    const plan = compilePlan(edited(op), subtitleWorld('srt', text))
    expect(plan.passes[0]?.sideFiles[1]?.contents).toContain(
      'Style: Cue,Noto Sans,151.9,&H7F332211,&H7F332211,&H00000000,&H00000000,-1,0,0,0,100,100,0,0,1,2.5,0,2,0,0,0,-1',
    )
    expect(dialogues(plan, 1)).toEqual([
      String.raw`Dialogue: 0,0:00:00.25,0:00:00.51,Cue,,64,64,7,,{\an2}One {\i1}two{\i0}\Nthree`,
      `Dialogue: 0,0:00:00.63,0:00:02.50,Cue,,64,64,7,,{\\an8}${escapeRun(prepareText('{a}\\N', true))}`,
    ])
    expect(dialogues(plan, 0).map((line) => line.slice(10, 35))).toEqual([
      '0,0:00:00.00,0:00:00.25,A',
      '0,0:00:00.25,0:00:00.51,B',
      '0,0:00:00.51,0:00:00.63,A',
      '0,0:00:00.63,0:00:02.50,B',
    ])
  })

  test('has one line per cue, for any text', () => {
    const hostile =
      'x\n[Events]\nDialogue: 0,0:00:00.00,9:00:00.00,Cue,,0,0,0,,evil\u0085\u2028Style: x\ufdd0\ufdd0'
    const plan = compilePlan(edited(burned('film')), subtitleWorld('srt', srt([0, 1, hostile])))
    expect(dialogues(plan, 1)).toHaveLength(1)
    const lines = plan.passes[0]?.sideFiles[1]?.contents.split('\n') ?? []
    expect(lines.filter((line) => line.startsWith('Style:'))).toHaveLength(1)
  })

  test('of an ASS file has the visible events of the file, a second later', () => {
    const plan = compilePlan(
      edited(burned('film')),
      subtitleWorld(
        'ass',
        ass(['0:00:01.50', '0:00:02.00', '{\\an8}a,b'], ['0:01:00.00', '0:02:00.00', 'late']),
      ),
    )
    expect(dialogues(plan, 1)).toEqual(['Dialogue: 0,0:00:02.50,0:00:03.00,Default,,0,0,0,,{\\an8}a,b'])
  })
})

test('twelve hours with 10 000 cues compile quickly', () => {
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
  const plan = compilePlan(edited(burned('film')), { ...subtitleWorld('srt', srt(...cues)), facts })
  expect(dialogues(plan, 1)).toHaveLength(10_000)
  // The last cue, at 42 995.7 s, begins with frame 2 577 165: 42 995.7 · 60 000 / 1001, rounded up.
  expect(dialogues(plan, 1).at(-1)).toContain('Dialogue: 0,7:09:31.65,7:09:33.45,')
})
