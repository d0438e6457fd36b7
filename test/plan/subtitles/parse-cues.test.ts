import { describe, expect, test } from 'vitest'
import type { Cue } from '../../../src/plan/subtitles/cue.js'
import { cuesOf, fault, srt, textsOf } from '../../support/subtitles.js'

const times = (cues: readonly Cue[]) => cues.map(({ startMs, endMs }) => [startMs, endMs])

describe('SRT', () => {
  test('may have numbers, any line ends, and a comma or a point', () => {
    const text =
      '1\r\n00:00:01,500 --> 00:00:02,000\r\nOne\r\nof two\r\n\r\n0:00:03.5 --> 100:00:00,000 X1:0\rTwo\n\n\n42\n'
    const cues = cuesOf('srt', text)
    expect(times(cues)).toEqual([
      [1500, 2000],
      [3500, 360_000_000],
    ])
    expect(textsOf(cues)).toEqual(['One\nof two', 'Two\n\n\n42'])
  })

  test('may have empty lines and numbers within a text', () => {
    const cues = cuesOf(
      'srt',
      '1\n00:00:01,0 --> 00:00:02,0\n7\n\nseven\n\n2\n00:00:03,0 --> 00:00:04,0\nEnd',
    )
    expect(textsOf(cues)).toEqual(['7\n\nseven', 'End'])
  })

  test('leaves out cues without text or duration', () => {
    expect(
      textsOf(cuesOf('srt', srt([0, 1, ' \n '], [2, 2, 'never'], [3, 2, 'never'], [4, 5, 'once']))),
    ).toEqual(['once'])
  })

  test.each([
    ['Hello', 'line 1 is neither'],
    ['1\nHello\n\n2\n00:00:01,0 --> 00:00:02,0\nx', 'line 2 is neither'],
    ['1\n00:00:01,0 -> 00:00:02,0\nx', 'line 2 is neither'],
    ['1\n00:00:01,0 --> 00:00:62,0\nx', 'line 2 is not two times'],
    ['1\n00:00:01,0 --> \nx', 'line 2 is not two times'],
    [srt([1, 1, 'x']), 'has no cues'],
    ['', 'has no cues'],
    ['#EXTM3U\nhttp://host/x', 'line 1 is neither'],
  ])('%j is refused', (text, message) => {
    expect(fault('srt', text)).toContain(message)
  })
})

describe('WebVTT', () => {
  test('may have notes, styles, names, hours and settings', () => {
    const text = `WEBVTT - title
Kind: captions

NOTE
not shown

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.000 align:start position:10% line:0
One

01:00:00.000 --> 01:00:01.000 line:-1
Two
lines

00:05.000 --> 00:06.000 align:left line:60%
Three`
    const cues = cuesOf('vtt', text)
    expect(textsOf(cues)).toEqual(['One', 'Two\nlines', 'Three'])
    expect(times(cues)).toEqual([
      [1000, 2000],
      [3_600_000, 3_601_000],
      [5000, 6000],
    ])
    expect(cues.map(({ position }) => position)).toEqual([
      { vertical: 'top', horizontal: 'left', edgePercent: 10 },
      { vertical: 'bottom', horizontal: 'center', edgePercent: null },
      { vertical: 'bottom', horizontal: 'left', edgePercent: null },
    ])
  })

  test('places a cue at the side at which its script begins', () => {
    const text =
      'WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v Ali>مرحبا\n\n00:01.0 --> 00:02.0 align:end\nمرحبا'
    expect(cuesOf('vtt', text).map(({ position }) => position.horizontal)).toEqual(['right', 'left'])
  })

  test.each([
    ['00:01.000 --> 00:02.000\nx', 'line 1 is not the WEBVTT that begins a file'],
    ['WEBVTTX\n\n00:01.000 --> 00:02.000\nx', 'line 1 is not the WEBVTT that begins a file'],
    ['WEBVTT\n\n00:01 --> 00:02\nx', 'line 3 is not two times'],
    ['WEBVTT\n\nNOTE x', 'has no cues'],
  ])('%j is refused', (text, message) => {
    expect(fault('vtt', text)).toContain(message)
  })
})
