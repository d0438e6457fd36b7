import { describe, expect, test } from 'vitest'
import { cuesOf, srt, textsOf } from '../../support/subtitles.js'

/** The spans of a cue, each with the styles that are set. */
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
  ])('sets the styles of %s', (text, spans) => {
    expect(styled(text)).toEqual(spans)
  })

  test.each([
    ['{\\an8}x', { vertical: 'top', horizontal: 'center' }],
    ['x{\\fs20\\an1}', { vertical: 'bottom', horizontal: 'left' }],
    ['{\\an6}x', { vertical: 'middle', horizontal: 'right' }],
    ['{\\an0}{\\an10}{an8}x', { vertical: 'bottom', horizontal: 'left' }],
    ['{\\an0}x', { vertical: null, horizontal: 'center' }],
  ])('sets the position of %s', (text, place) => {
    expect(cuesOf('srt', srt([0, 1, text]))[0]?.position).toMatchObject(place)
  })

  test('is parsed quickly at any depth', () => {
    const deep = '<b>'.repeat(1400) + 'x' + '</i></b>'.repeat(700)
    const open = '<font color='.repeat(200) + '{\\'.repeat(200) + '&#'.repeat(200) + '<b'.repeat(200)
    const cues = Array.from(
      { length: 100 },
      (_, index) => [index, index + 1, index % 2 ? deep : open] as const,
    )
    const texts = textsOf(cuesOf('srt', srt(...cues)))
    expect(texts.every((text, index) => text === (index % 2 ? 'x' : open))).toBe(true)
  })
})
