import { expect, test } from 'vitest'
import type { Cue } from '../../../src/plan/subtitles/cue.js'
import { writeSrt } from '../../../src/plan/subtitles/write-srt.js'
import { vttTime, writeVtt } from '../../../src/plan/subtitles/write-vtt.js'
import { cuesOf, srt } from '../../support/subtitles.js'

const SETTINGS = [
  'line:0',
  'line:-3',
  'line:20%',
  'line:50%,center',
  'align:left',
  'align:right',
  'position:20% size:30% align:left',
  'position:80% size:40%',
  'vertical:rl',
  'vertical:lr line:2',
]

test.each(SETTINGS)('WebVTT keeps where a cue stands: %s', (settings) => {
  const cues = cuesOf('vtt', `WEBVTT\n\n00:01.000 --> 00:02.500 ${settings}\nText\n`)
  const again = cuesOf('vtt', writeVtt(cues))
  expect(again).toEqual(cues)
})

/** The runs of text in one style, bold or italic, however a reader splits them. */
function styledTexts(cues: readonly Cue[]): string[][] {
  return cues.map(({ spans }) => {
    const runs: string[] = []
    let style: string | null = null
    for (const span of spans) {
      const own = `${span.style.bold ? 'b' : ''}${span.style.italic ? 'i' : ''}`
      if (own === style) runs.push(`${runs.pop() ?? ''}${span.text}`)
      else runs.push(`${own}:${span.text}`)
      style = own
    }
    return runs
  })
}

test('styles and special characters stay, and an empty line ends no cue', () => {
  const cues = cuesOf('srt', srt([1, 2, '<b>one & <i>two</i></b>'], [3, 4, '1 < 2 --> 3']))
  expect(styledTexts(cuesOf('vtt', writeVtt(cues)))).toEqual(styledTexts(cues))
  expect(styledTexts(cuesOf('srt', writeSrt(cues)))).toEqual(styledTexts(cues))
  expect(styledTexts(cues)).toEqual([['b:one & ', 'bi:two'], [':1 < 2 --> 3']])
  const [cue] = cues
  const gap = cue ? [{ ...cue, spans: cue.spans.map((span) => ({ ...span, text: 'a\n\n \nb' })) }] : []
  expect(writeVtt(gap)).toContain('<b>a\nb</b>')
})

test('SubRip keeps colours, and text at the top', () => {
  const text = '{\\an8}<font color="#ff8000">Orange</font> white'
  const cues = cuesOf('srt', srt([1, 2, text]))
  expect(cuesOf('srt', writeSrt(cues))).toEqual(cues)
})

test('times have hours', () => {
  expect(vttTime(0)).toBe('00:00:00.000')
  expect(vttTime(36_061_007)).toBe('10:01:01.007')
})
