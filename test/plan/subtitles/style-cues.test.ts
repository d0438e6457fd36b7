import { expect, test } from 'vitest'
import { type Cue, DEFAULT_POSITION, PLAIN, textOf } from '../../../src/plan/subtitles/cue.js'
import { MAX_PARTS, styleCues, wordTimesWarning } from '../../../src/plan/subtitles/style-cues.js'
import { compilePlan, pointersOf } from '../../support/plan-facts.js'
import { burned, cuesOf, srt, subtitleWorld } from '../../support/subtitles.js'

const CUE: Cue = {
  startMs: 0,
  endMs: 1000,
  spans: [{ text: 'große ılık iyi', style: PLAIN }],
  position: DEFAULT_POSITION,
}

test('capitals follow the language', () => {
  const capitals = (language: string) =>
    styleCues([CUE], burned('film', { upper_case: true, language }))?.map(textOf)
  expect(capitals('de')).toEqual(['GROSSE ILIK IYI'])
  expect(capitals('tr')).toEqual(['GROSSE ILIK İYİ'])
  expect(capitals('zz-aa-aa')).toEqual(['GROSSE ILIK IYI'])
})

test('in the middle means every cue, wherever its file puts it', () => {
  const placed: Cue = {
    ...CUE,
    position: { ...DEFAULT_POSITION, align: 'left', line: { by: 'lines', line: 0 } },
  }
  const [middle] = styleCues([placed], burned('film', { position: 'center' })) ?? []
  expect(middle?.position).toMatchObject({ align: 'center', line: { by: 'percent', percent: 50 } })
  expect(styleCues([placed], burned('film'))?.[0]?.position).toEqual(placed.position)
})

test('a file without times of words is told, when they are asked for', () => {
  const plain = cuesOf('srt', srt([0, 1, 'Good morning']))
  const timed = cuesOf('vtt', 'WEBVTT\n\n00:00.000 --> 00:01.000\nGood <00:00.500>morning\n')
  const message = (fields: Parameters<typeof burned>[1], cues = plain) =>
    wordTimesWarning(burned('film', fields), cues)?.message ?? null
  expect(message({})).toBeNull()
  expect(message({ highlight_color: 'red' })).toBe(
    '"film" does not say when its words are spoken: no word is highlighted.',
  )
  expect(message({ highlight_color: 'red', max_words: 3 })).toBe(
    '"film" does not say when its words are spoken: no word is highlighted, and cues are divided by the length of ' +
      'their words.',
  )
  expect(message({ highlight_color: 'red', max_words: 3 }, timed)).toBeNull()
  const plan = compilePlan(
    { operations: [burned('film', { max_chars: 5 })], output: null },
    subtitleWorld('srt', srt([0, 1, 'Good morning'])),
  )
  expect(plan.warnings.map(({ code }) => code)).toContain('subtitles-without-word-times')
})

test('cues that are divided without end are refused', () => {
  const world = subtitleWorld(
    'srt',
    srt(...Array.from({ length: 30 }, () => [0, 10, 'a '.repeat(4900)] as const)),
  )
  const compiled = (fields: Parameters<typeof burned>[1]) =>
    pointersOf({ operations: [burned('film', fields)], output: null }, world)
  expect(30 * 4900).toBeGreaterThan(MAX_PARTS)
  expect(compiled({ max_words: 1 })).toEqual(['/operations/0/max_words'])
  expect(compiled({ max_chars: 1 })).toEqual(['/operations/0/max_chars'])
})
