import { describe, expect, test } from 'vitest'
import { textOf } from '../../../src/plan/subtitles/cue.js'
import { plainCues } from '../../../src/plan/subtitles/plain-cues.js'
import { spokenWords } from '../../../src/plan/subtitles/spoken-words.js'
import { cuesOf, reading } from '../../support/subtitles.js'

function spoken(text: string): [number, number, string][] {
  const cues = cuesOf('vtt', `WEBVTT\n\n00:01.000 --> 00:05.000\n${text}\n`)
  return cues
    .flatMap((cue) => spokenWords(cue, 'red'))
    .map(({ startMs, endMs, spans }) => {
      const marked = spans.map(({ text: part, style }) => (style.color === 'red' ? `[${part}]` : part))
      return [startMs, endMs, marked.join('')]
    })
}

describe('a cue is shown again for each word that is spoken', () => {
  test.each([
    [
      'one <00:02.000>two <00:00:03.500>three',
      ['1000-2000 [one ]two three', '2000-3500 one [two ]three', '3500-5000 one two [three]'],
    ],
    ['<00:02.000>one', ['1000-2000 one', '2000-5000 [one]']],
    ['one <00:09.000>late', ['1000-5000 [one ]late']],
    [
      'one <00:03.000>two <00:02.000>back',
      ['1000-2000 [one ]two back', '2000-3000 one two [back]', '3000-5000 one [two ]back'],
    ],
    ['no times', ['1000-5000 no times']],
    ['<1>no time', ['1000-5000 no time']],
  ])('%s', (text, wanted) => {
    expect(spoken(text).map(([from, until, shown]) => `${from}-${until} ${shown}`)).toEqual(wanted)
  })

  test('but not of a page of text', () => {
    const page = Array.from(
      { length: 300 },
      (_, index) => `<00:01.${String(index).padStart(3, '0')}>w `,
    ).join('')
    expect(spoken(page)).toHaveLength(1)
  })
})

test('the times of karaoke in ASS are those of its syllables', () => {
  const text = String.raw`{\an8\k20}one{\k0} {\K30\b1}two {\p1}m 0 0 l 9 9{\p0\kf10}three`
  const subtitles = reading('ass', `[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,${text}\n`)
  const [cue] = subtitles.kind === 'ass' ? plainCues(subtitles.file) : []
  expect(cue?.spans.map(({ text: part, fromMs }) => [part, fromMs])).toEqual([
    ['one', 1000],
    [' ', 1200],
    ['two ', 1200],
    ['three', 1500],
  ])
  expect(cue && textOf(cue)).toBe('one two three')
})
