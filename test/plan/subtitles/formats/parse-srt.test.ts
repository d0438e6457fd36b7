import { describe, expect, test } from 'vitest'
import { cuesOf, fault, leftOutOf, srt, textsOf, timedTexts } from '../../../support/subtitles.js'

const NO_TIMES = 'is not two times like 00:01:02,500 --> 00:01:04,000'

describe('SRT', () => {
  test('may have numbers, any line ends, and a comma or a point', () => {
    const text =
      '1\r\n00:00:01,500 --> 00:00:02,000\r\nOne\r\nof two\r\n\r\n0:00:03.5 --> 100:00:00,000 X1:0\rTwo\n\n\n42\n'
    expect(timedTexts('srt', text)).toEqual([
      [1500, 2000, 'One\nof two'],
      [3500, 360_000_000, 'Two\n\n\n42'],
    ])
  })

  test.each([
    ['CR CR LF', '\r\r\n'],
    ['CR CR CR LF', '\r\r\r\n'],
    ['CR', '\r'],
  ])('may end lines with %s', (_name, end) => {
    const text = [
      '1',
      '00:00:01,000 --> 00:00:02,000',
      'One',
      'two',
      '',
      '2',
      '00:00:03,000 --> 00:00:04,000',
      'Three',
    ]
    expect(timedTexts('srt', text.join(end))).toEqual([
      [1000, 2000, 'One\ntwo'],
      [3000, 4000, 'Three'],
    ])
  })

  test('may have an empty line behind every line', () => {
    const text = srt([1, 2, 'One\ntwo'], [3, 4, 'Three']).replaceAll('\n', '\n\n')
    expect(timedTexts('srt', text)).toEqual([
      [1000, 2000, 'One\ntwo'],
      [3000, 4000, 'Three'],
    ])
  })

  test('may have empty lines and numbers within a text', () => {
    const cues = cuesOf(
      'srt',
      '1\n00:00:01,0 --> 00:00:02,0\n7\n\nseven\n\n2\n00:00:03,0 --> 00:00:04,0\nEnd',
    )
    expect(textsOf(cues)).toEqual(['7\n\nseven', 'End'])
    // A text that is a number is not that of the next cue, for it is not the one that follows.
    const bet = '5\n00:00:01,0 --> 00:00:02,0\n2\n\n00:00:03,0 --> 00:00:04,0\nEnd'
    expect(textsOf(cuesOf('srt', bet))).toEqual(['2', 'End'])
  })

  test('may lack numbers and empty lines, and have numbers twice', () => {
    const tight =
      '00:00:01,0 --> 00:00:02,0\nOne\n00:00:03,0 --> 00:00:04,0\nTwo\n9\n9\n00:00:05,0 --> 00:00:06,0\nThree'
    expect(textsOf(cuesOf('srt', tight))).toEqual(['One', 'Two\n9', 'Three'])
  })

  test('has arrows in its text', () => {
    const text = srt([1, 2, 'press A --> B now'], [3, 4, '10 -> 20'])
    expect(textsOf(cuesOf('srt', text))).toEqual(['press A --> B now', '10 -> 20'])
    expect(leftOutOf('srt', text)).toEqual([])
  })

  test('has marks of direction before numbers and times', () => {
    const text =
      '\u202b1\n\u202a00:00:01,000 --> 00:00:02,000\u202c\nOne\n\n\u202b2\n00:00:03,000 --> 00:00:04,000\nTwo'
    expect(textsOf(cuesOf('srt', text))).toEqual(['One', 'Two'])
  })

  test('leaves out what cannot be read, and tells by line', () => {
    const text = [
      ...['A title', '', '1', '00:00:01,000 --> 00:00:0x,000', 'lost', ''],
      ...['2', '00:00:05,000 --> 00:00:04,000', 'backwards', ''],
      ...['3', '00:00:05,000 --> 00:00:05,000', 'never', ''],
      ...['4', 'soon --> later', 'lost', '', '5', '00:00:07,000 --> 00:00:08,000', 'kept'],
    ]
    expect(timedTexts('srt', text.join('\n'))).toEqual([[7000, 8000, 'kept']])
    expect(leftOutOf('srt', text.join('\n'))).toEqual([
      '1 is neither the number nor the times of a cue',
      `4 ${NO_TIMES}`,
      '8 has a cue that ends before it begins',
      '12 has a cue that lasts no time',
      `16 ${NO_TIMES}`,
    ])
  })

  test('leaves out cues without text, which nobody misses', () => {
    const text = srt([0, 1, ' \n '], [4, 5, 'once'])
    expect([textsOf(cuesOf('srt', text)), leftOutOf('srt', text)]).toEqual([['once'], []])
  })

  test.each([
    ['Hello', 'the file has no cues that can be read: line 1 is neither the number nor the times of a cue'],
    ['1\n00:00:01,0 --> \nx', `the file has no cues that can be read: line 2 ${NO_TIMES}`],
    [srt([1, 1, 'x']), 'the file has no cues that can be read: line 2 has a cue that lasts no time'],
    ['', 'the file has no cues that can be read'],
    ['#EXTM3U\nhttp://host/x', 'the file has no cues that can be read: line 1 is neither'],
  ])('%j is refused, for nothing is left of it', (text, message) => {
    expect(fault('srt', text)).toContain(message)
  })
})
