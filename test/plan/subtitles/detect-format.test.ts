import { expect, test } from 'vitest'
import { detectFormat } from '../../../src/plan/subtitles/detect-format.js'
import { ass } from '../../support/subtitles.js'

const detected = (text: string) => {
  const seen = detectFormat(text.split('\n'))
  return seen && ('format' in seen ? seen.format : seen.unread)
}

test.each([
  ['1\n00:00:01,000 --> 00:00:02,000\nx', 'srt'],
  ['A title\n\n00:00:01 -> 00:00:02\nx', 'srt'],
  ['\n\nWEBVTT\n\n00:01.0 --> 00:02.0', 'vtt'],
  ['0:00:01.000,0:00:02.000\nx', 'sbv'],
  [ass(), 'ass'],
  ['; a comment\n[V4+ Styles]', 'ass'],
  ['<?xml version="1.0"?>\n<!-- a comment -->\n<tt xmlns="x">', 'ttml'],
  ['<?xml version="1.0"?><tt:tt>', 'ttml'],
  ['{1}{1}25\n{25}{75}x', 'microdvd'],
  ['[58][83]x', 'mpl2'],
  ['<SAMI>\n<BODY>', 'a SAMI file'],
  ['Scenarist_SCC V1.0\n\n00:00:00:22\t9425', 'a Scenarist file (SCC)'],
  ['[00:12.00]la la', 'a file of lyrics (LRC)'],
  ['00:00:01:02 , 00:00:03:04 , x', 'a Spruce file (STL)'],
  ['{"events": []}', 'a JSON file'],
  ['<!DOCTYPE html>\n<html>', 'a web page'],
  ['{\\rtf1\\ansi', 'an RTF document (save it as plain text)'],
  ['hello', null],
  ['', null],
])('%j is %s', (text, format) => {
  expect(detected(text)).toBe(format)
})
