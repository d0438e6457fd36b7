import { describe, expect, test } from 'vitest'
import { ass, fault, reading } from '../../support/subtitles.js'

describe('ASS', () => {
  const events = (text: string) => {
    const subtitles = reading('ass', text)
    return subtitles.kind === 'ass' ? subtitles.file.events : []
  }

  test('keeps what libass needs, but no fonts, pictures and comments', () => {
    const text = ass(['0:00:01.00', '0:00:02.50', 'Hello, {\\i1}you'])
      .replace('[Events]', '[Fonts]\nfontname: x.ttf\nAAAA\n[Graphics]\nDialogue: 0,0:0\n[Events]')
      .replace('ScriptType', 'YCbCr Matrix: TV.709\nTitle: x\nScriptType')
    const subtitles = reading(
      'ass',
      `${text}Comment: 0,0:00:00.00,0:00:09.00,Default,,0,0,0,,note\n[Aegisub Extradata]\nx`,
    )
    expect(subtitles).toMatchObject({
      kind: 'ass',
      file: {
        info: ['ScriptType: v4.00+', 'PlayResX: 320', 'PlayResY: 180'],
        styleSection: '[V4+ Styles]',
        events: [{ startCs: 100, endCs: 250, text: 'Hello, {\\i1}you', animation: { inSec: 0, outSec: 0 } }],
      },
    })
  })

  test.each([
    ['{\\fad(200,300)}x', { inSec: 0.2, outSec: 0.3 }],
    ['{\\an8\\b1\\fn Tahoma\\fs20}x', { inSec: 0, outSec: 0 }],
    ['move(t(fade(', { inSec: 0, outSec: 0 }],
    ['{\\fad(2}x', null],
    ['{\\fade(255,0,255,0,100,200,300)}x', null],
    ['{\\fad(200,200)\\t(\\fs30)}x', null],
    ['{\\move(0,0,1,1)}x', null],
    ['{\\k20}x{\\kf30}y', null],
  ])('with the text %s has the animation %j', (text, animation) => {
    expect(events(ass(['0:00:01.00', '0:00:02.00', text])).map((event) => event.animation)).toEqual([
      animation,
    ])
  })

  const GOOD = ass(['0:00:01.00', '0:00:02.00', 'x'])
  const drawing = (shape: string) => ass(['0:00:01.00', '0:00:02.00', `{\\p1}${shape}`])
  test.each([
    ['no sections', 'hello', 'has no sections'],
    ['no dialogue', ass(), 'has no cues'],
    ['a picture too small', GOOD.replace('PlayResY: 180', 'PlayResY: 1'), 'line 4 has a picture size'],
    [
      'a picture of a huge size',
      GOOD.replace('PlayResX: 320', 'PlayResX: 1000000'),
      'line 3 has a picture size',
    ],
    ['a style of huge letters', GOOD.replace(',40,', ',99999,'), 'a style whose Fontsize'],
    ['a style whose size is no number', GOOD.replace(',40,', ',NaN,'), 'a style whose Fontsize'],
    ['huge letters', ass(['0:00:01.00', '0:00:02.00', '{\\fs100000}x']), 'has letters of more than'],
    ['a huge scale', ass(['0:00:01.00', '0:00:02.00', '{\\fscx10000}x']), 'has a scale of more than'],
    ['a huge blur', ass(['0:00:01.00', '0:00:02.00', '{\\blur9999}x']), 'an outline, shadow or blur'],
    ['a huge drawing', drawing('m 0 0 l 20000 0 20000 20000'), 'has a drawing that reaches'],
    ['a scaled drawing', drawing('m 0 0 l 700 0 {\\fscx500} 700 700'), 'has a drawing that reaches'],
    ['a clip', ass(['0:00:01.00', '0:00:02.00', '{\\clip(m 0 0 l 99999 0)}x']), 'has a drawing that reaches'],
    ['a dialogue without fields', `${GOOD}Dialogue: x\n`, 'a dialogue of fewer than'],
    ['a dialogue without times', ass(['soon', '0:00:02.00', 'x']), 'a dialogue without two times'],
    [
      'a dialogue that is too long',
      ass(['0:00:01.00', '0:00:02.00', 'x'.repeat(30_000)]),
      'has an event of more than 20000 characters',
    ],
    [
      'a format without text',
      GOOD.replace('Effect, Text', 'Text, Effect'),
      'has a format that does not end with Text',
    ],
  ])('with %s is refused', (_what, text, message) => {
    expect(fault('ass', text)).toContain(message)
  })

  test('is read as SSA with the fields of SSA', () => {
    const ssa = `[Script Info]
ScriptType: v4.00
[V4 Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Bold
Style: Default,Arial,20,65535,0
[Events]
Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: Marked=0,0:00:01.00,0:00:02.00,Default,,0000,0000,0000,,Hello
`
    expect(reading('ass', ssa)).toMatchObject({
      file: { styleSection: '[V4 Styles]', events: [{ text: 'Hello' }] },
    })
  })
})
