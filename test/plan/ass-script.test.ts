import { describe, expect, test } from 'vitest'
import { textScript } from '../../src/plan/ass-script.js'
import { textOverlay } from '../support/overlays.js'

const PICTURE = { width: 1920, height: 1080 }
const JOINER = '\u2060'

function scriptOf(fields: Parameters<typeof textOverlay>[0]): string[] {
  return textScript(textOverlay(fields), PICTURE).split('\n')
}

/** The drawn text: what is behind the override block of the position. */
function drawn(content: string): string | undefined {
  const event = scriptOf({ content }).find((line) => line.startsWith('Dialogue:'))
  return /^Dialogue: 0,0:00:00\.00,0:00:01\.00,Text,,0,0,0,,\{\\an7\\pos\(0,0\)\}(.*)$/.exec(event ?? '')?.[1]
}

describe('a text script', () => {
  test('counts in the pixels of the picture', () => {
    expect(scriptOf({})).toEqual(expect.arrayContaining(['PlayResX: 1920', 'PlayResY: 1080', 'WrapStyle: 2']))
  })

  test.each([
    ['en', 100, 'Style: Text,Noto Sans,151.9,'],
    ['hi-IN', 100, 'Style: Text,Noto Sans Devanagari,190.6,'],
    ['ta', 10, 'Style: Text,Noto Sans Tamil,12.4,'],
  ])('sets %s at %i px by the line height of its font', (language, font_size, style) => {
    expect(scriptOf({ language, font_size }).some((line) => line.startsWith(style))).toBe(true)
  })

  test.each([
    ['#123456', '&H00563412'],
    ['#12345678', '&H00563412'],
    ['red', '&H000000FF'],
  ])('writes %s as %s, solid', (font_color, color) => {
    expect(scriptOf({ font_color }).find((line) => line.startsWith('Style:'))).toContain(`,${color},`)
  })

  test('has the anchor and its position', () => {
    const lines = scriptOf({ position_x: -5, position_y: 1234, content: 'x' })
    expect(lines.some((line) => line.endsWith('{\\an7\\pos(-5,1234)}x'))).toBe(true)
    const shares = scriptOf({ anchor: 'bottom', position_x: '-25%', position_y: '50%', content: 'x' })
    expect(shares.some((line) => line.endsWith('{\\an2\\pos(480,540)}x'))).toBe(true)
  })

  test.each([
    ['plain', 'plain'],
    ['a{b}c', 'a\\{b\\}c'],
    ['{\\pos(0,0)}x', `\\{\\${JOINER}pos(0,0)\\}x`],
    ['a\\Nb', `a\\${JOINER}Nb`],
    ['a\\\\b', `a\\${JOINER}\\${JOINER}b`],
    ['a\nb', 'a\\Nb'],
    ['a\r\nb\rc', 'a\\Nb\\Nc'],
    ['a\u2028b\u2029c', 'a\\Nb\\Nc'],
    ['  a  \n b', '\\h\\ha\\h\\h\\N\\hb'],
    ['a  b', 'a  b'],
    ['\n', '\\N'],
    ["%{n}:',;[]", "%\\{n\\}:',;[]"],
    ['a,b,,c', 'a,b,,c'],
    ['नमस्ते', 'नमस्ते'],
  ])('draws %j as %j', (content, wanted) => {
    expect(drawn(content)).toBe(wanted)
  })

  test('is one event, whatever the text', () => {
    const content = '\n[Events]\nDialogue: 0,0:00:00.00,9:00:00.00,Text,,0,0,0,,{\\pos(0,0)}evil\r[Fonts]'
    const lines = scriptOf({ content })
    expect(lines.filter((line) => line.startsWith('Dialogue:'))).toHaveLength(1)
    expect(lines.filter((line) => line.startsWith('['))).toEqual([
      '[Script Info]',
      '[V4+ Styles]',
      '[Events]',
    ])
  })
})
