import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/edit/limits.js'
import type { Cue } from '../../src/plan/subtitles/cue.js'
import { fault, reading, srt } from '../support/subtitles.js'

function cuesOf(format: 'srt' | 'vtt', text: string): readonly Cue[] {
  const subtitles = reading(format, text)
  return subtitles.kind === 'cues' ? subtitles.cues : []
}

const said = (cues: readonly Cue[]) => cues.map(({ spans }) => spans.map(({ text }) => text).join(''))
const times = (cues: readonly Cue[]) => cues.map(({ startMs, endMs }) => [startMs, endMs])

/** The spans of a cue, with what is set of their styles. */
function styled(text: string, format: 'srt' | 'vtt' = 'srt') {
  const [cue] = cuesOf(
    format,
    format === 'srt' ? srt([0, 1, text]) : `WEBVTT\n\n00:00.0 --> 00:01.0\n${text}\n`,
  )
  return cue?.spans.map(({ text: piece, style }) => [
    piece,
    ...Object.entries(style).flatMap(([name, value]) => (value === true ? name : value ? String(value) : [])),
  ])
}

describe('SRT', () => {
  test('has numbers or none, any line ends, and a comma or a point', () => {
    const text =
      '1\r\n00:00:01,500 --> 00:00:02,000\r\nOne\r\nof two\r\n\r\n0:00:03.5 --> 100:00:00,000 X1:0\rTwo\n\n\n42\n'
    const cues = cuesOf('srt', text)
    expect(times(cues)).toEqual([
      [1500, 2000],
      [3500, 360_000_000],
    ])
    expect(said(cues)).toEqual(['One\nof two', 'Two\n\n\n42'])
  })

  test('has empty lines and numbers within a text', () => {
    const cues = cuesOf(
      'srt',
      '1\n00:00:01,0 --> 00:00:02,0\n7\n\nseven\n\n2\n00:00:03,0 --> 00:00:04,0\nEnd',
    )
    expect(said(cues)).toEqual(['7\n\nseven', 'End'])
  })

  test('leaves out cues that say nothing or last for no time', () => {
    expect(
      said(cuesOf('srt', srt([0, 1, ' \n '], [2, 2, 'never'], [3, 2, 'never'], [4, 5, 'once']))),
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
  test('has notes, styles, names, hours or none, and settings', () => {
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
    expect(said(cues)).toEqual(['One', 'Two\nlines', 'Three'])
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

  test('starts at the side that its script starts at', () => {
    const text =
      'WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v Ali>مرحبا\n\n00:01.0 --> 00:02.0 align:end\nمرحبا'
    expect(cuesOf('vtt', text).map(({ position }) => position.horizontal)).toEqual(['right', 'left'])
  })

  test.each([
    ['00:01.000 --> 00:02.000\nx', 'line 1 is not the WEBVTT'],
    ['WEBVTTX\n\n00:01.000 --> 00:02.000\nx', 'line 1 is not the WEBVTT'],
    ['WEBVTT\n\n00:01 --> 00:02\nx', 'line 3 is not two times'],
    ['WEBVTT\n\nNOTE x', 'has no cues'],
  ])('%j is refused', (text, message) => {
    expect(fault('vtt', text)).toContain(message)
  })
})

describe('inline markup', () => {
  test.each([
    ['a <b>b <i>c</i></b> d', [['a '], ['b ', 'bold'], ['c', 'bold', 'italic'], [' d']]],
    [
      '<U>a<S>b',
      [
        ['a', 'underline'],
        ['b', 'underline', 'strike'],
      ],
    ],
    ['<b>a<i>b</b>c</i>', [['a', 'bold'], ['b', 'bold', 'italic'], ['c']]],
    ['<font face="x" color="#00FF00">a</font>b', [['a', '#00ff00'], ['b']]],
    [
      "<font color='RED'>a<font color=112233>b</font>c",
      [
        ['a', 'red'],
        ['b', '#112233'],
        ['c', 'red'],
      ],
    ],
    ['<font color="url(x)">a', [['a']]],
    [
      '<c.yellow.bg_blue>a</c><v Fred Smith>b</v><00:00:01.000><lang en>c</lang><ruby>d<rt>e</rt></ruby>',
      [['a', 'yellow'], ['b'], ['c'], ['d'], ['e']],
    ],
    [
      'a &amp;&lt;b&gt; &#233;&#x1F600; &amp;lt;',
      [['a '], ['&'], ['<'], ['b'], ['>'], [' '], ['é'], ['😀'], [' '], ['&'], ['lt;']],
    ],
    [
      '&bogus; &#0; &#xD800; &#99999999; & &;',
      [['&bogus;'], [' '], ['&#0;'], [' '], ['&#xD800;'], [' '], ['&#99999999;'], [' & &;']],
    ],
    ['<script>a</script> 1 < 2 > 0 <x', [['<script>'], ['a'], ['</script>'], [' 1 < 2 > 0 <x']]],
    ['{\\an8}{\\i1}a{b}{\\', [['a{b}{\\']]],
    ['</b>a', [['a']]],
  ])('%s', (text, spans) => {
    expect(styled(text)).toEqual(spans)
  })

  test.each([
    ['{\\an8}x', { vertical: 'top', horizontal: 'center' }],
    ['x{\\fs20\\an1}', { vertical: 'bottom', horizontal: 'left' }],
    ['{\\an6}x', { vertical: 'middle', horizontal: 'right' }],
    ['{\\an0}{\\an10}{an8}x', { vertical: 'bottom', horizontal: 'left' }],
    ['{\\an0}x', { vertical: null, horizontal: 'center' }],
  ])('%s has its place', (text, place) => {
    expect(cuesOf('srt', srt([0, 1, text]))[0]?.position).toMatchObject(place)
  })

  test('of any depth is read in a moment', () => {
    const deep = '<b>'.repeat(1400) + 'x' + '</i></b>'.repeat(700)
    const open = '<font color='.repeat(200) + '{\\'.repeat(200) + '&#'.repeat(200) + '<b'.repeat(200)
    const cues = Array.from(
      { length: 100 },
      (_, index) => [index, index + 1, index % 2 ? deep : open] as const,
    )
    const texts = said(cuesOf('srt', srt(...cues)))
    expect(texts.every((text, index) => text === (index % 2 ? 'x' : open))).toBe(true)
  })
})

describe('amounts', () => {
  test('of text in one cue are limited', () => {
    expect(fault('srt', srt([0, 1, 'x'.repeat(10_000)]))).toBeNull()
    expect(fault('srt', srt([0, 1, 'x'.repeat(10_001)]))).toContain('line 2 has a cue of more than 10000')
    expect(fault('vtt', `WEBVTT\n\n00:01.0 --> 00:02.0\n${'x'.repeat(10_001)}`)).toContain('line 3 has a cue')
  })

  test('are limited, in all and at one moment', () => {
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
