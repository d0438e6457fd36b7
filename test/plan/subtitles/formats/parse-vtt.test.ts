import { describe, expect, test } from 'vitest'
import { cuesOf, fault, leftOutOf, textsOf, timedTexts } from '../../../support/subtitles.js'

const NO_TIMES = 'is not two times like 00:01:02.500 --> 00:01:04.000'

describe('WebVTT', () => {
  test('may have a header, notes, styles, names, hours and settings', () => {
    const text = `WEBVTT - title
Kind: captions
X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000

NOTE
not shown --> at all

NOTE not shown --> either

STYLE
::cue { color: red }

REGION
id:bottom

intro
00:01.000 --> 00:02.000 align:start position:10% line:0
One

01:00:00.000 --> 01:00:01.000 line:-1
Two
lines

00:05.000000 --> 00:06.000 align:left line:60%
Thr<00:05.500>ee`
    expect(timedTexts('vtt', text)).toEqual([
      [1000, 2000, 'One'],
      [3_600_000, 3_601_000, 'Two\nlines'],
      [5000, 6000, 'Three'],
    ])
    expect(leftOutOf('vtt', text)).toEqual([])
    const positions = cuesOf('vtt', text).map(({ position }) => position)
    expect(positions.map(({ align }) => align)).toEqual(['left', 'center', 'left'])
    expect(positions.map(({ line }) => line)).toEqual([
      { by: 'lines', line: 0 },
      { by: 'lines', line: -1 },
      { by: 'percent', percent: 60, anchor: 'start' },
    ])
  })

  test('has the region that a cue names, unless the cue has a line', () => {
    const region =
      'REGION\nid:fred\nwidth:40%\nlines:2\nregionanchor:0%,100%\nviewportanchor:10%,90%\nscroll:up'
    const text = `WEBVTT\n\n${region}\n\n00:01.0 --> 00:02.0 region:fred\nx\n\n00:01.0 --> 00:02.0 region:fred line:1\ny`
    const fred = { id: 'fred', width: 40, lines: 2, viewport: { x: 10, y: 90 } }
    expect(cuesOf('vtt', text).map((cue) => cue.position.line)).toMatchObject([
      { by: 'region', region: fred },
      { by: 'lines', line: 1 },
    ])
  })

  test('needs no empty line before a cue, and no first word', () => {
    expect(textsOf(cuesOf('vtt', 'WEBVTT\n00:01.0 --> 00:02.0\nOne\n00:03.0 --> 00:04.0\nTwo'))).toEqual([
      'One',
      'Two',
    ])
    expect(textsOf(cuesOf('vtt', '1\n00:01.0 --> 00:02.0\nOne\n\n2\n00:03.0 --> 00:04.0\nTwo'))).toEqual([
      'One',
      'Two',
    ])
    expect(textsOf(cuesOf('vtt', '\n WEBVTT\n\n00:01.0 --> 00:02.0\nOne'))).toEqual(['One'])
  })

  test('of vertical lines from the left has its last line first, for they are drawn from the right', () => {
    const text = 'WEBVTT\n\n00:01.0 --> 00:02.0 vertical:lr\n<b>a\nb</b>\nc'
    expect(textsOf(cuesOf('vtt', text))).toEqual(['c\nb\na'])
  })

  test('leaves out what cannot be read, and tells by line', () => {
    const text =
      'WEBVTT\n\nname\n00:01.000 --> never\nlost\n\n00:0a.000 --> 00:02.000\nlost\n\n00:03.000 --> 00:04.000\nA --> B'
    expect(timedTexts('vtt', text)).toEqual([[3000, 4000, 'A --> B']])
    expect(leftOutOf('vtt', text)).toEqual([`4 ${NO_TIMES}`, `7 ${NO_TIMES}`])
  })

  test.each([
    ['WEBVTT\n\n00:01 -> \nx', `line 3 ${NO_TIMES}`],
    ['WEBVTT\n\nNOTE x', 'has no cues that can be read'],
    ['WEBVTTX\n\nhello', 'has no cues that can be read'],
  ])('%j is refused, for nothing is left of it', (text, message) => {
    expect(fault('vtt', text)).toContain(message)
  })
})
