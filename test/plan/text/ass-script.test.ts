import { describe, expect, test } from 'vitest'
import { type Canvas, type Look, type SetText, textScript } from '../../../src/plan/text/ass-script.js'
import { fontFor } from '../../../src/plan/text/fonts.js'

const CANVAS: Canvas = { width: 1920, height: 1080, x: 0, y: 0, rotationDeg: 0 }
const TEXT: SetText = {
  event: 'x',
  font: { face: fontFor('en'), weight: 400, isItalic: false },
  sizePx: 100,
  maxWidthPx: null,
  align: 'left',
  anchor: 'top-left',
  aboveInkPx: 0,
}
const LETTERS: Look = { part: 'letters', fill: { red: 0x12, green: 0x34, blue: 0x56 }, outline: null }
const BOX: Look = { part: 'box', color: { red: 255, green: 0, blue: 0 }, paddingPx: 12 }

function linesOf(text: Partial<SetText>, canvas: Partial<Canvas> = {}, look = LETTERS): string[] {
  return textScript({ ...TEXT, ...text }, { ...CANVAS, ...canvas }, look).split('\n')
}

/** The style by the names of its fields. */
function styleOf(...args: Parameters<typeof linesOf>): Record<string, string> {
  const lines = linesOf(...args)
  const [names, values] = ['Format: ', 'Style: '].map((start) =>
    lines
      .find((line) => line.startsWith(start))
      ?.slice(start.length)
      .split(/, ?/),
  )
  return Object.fromEntries(names?.map((name, index) => [name, values?.[index] ?? '']) ?? [])
}

function eventOf(...args: Parameters<typeof linesOf>): string | undefined {
  const event = linesOf(...args).find((line) => line.startsWith('Dialogue:'))
  return /^Dialogue: 0,0:00:00\.00,0:00:01\.00,Text,,0,0,0,,(.*)$/.exec(event ?? '')?.[1]
}

describe('a text script', () => {
  test('uses the pixels of the picture as its unit, and wraps no line unless it may', () => {
    expect(linesOf({})).toEqual(expect.arrayContaining(['PlayResX: 1920', 'PlayResY: 1080', 'WrapStyle: 2']))
    expect(linesOf({ maxWidthPx: 800 })).toContain('WrapStyle: 0')
    expect(styleOf({ maxWidthPx: 800 })).toMatchObject({ MarginL: '0', MarginR: '1120' })
    expect(styleOf({ maxWidthPx: 2000 })).toMatchObject({ MarginL: '0', MarginR: '-80' })
  })

  test.each([
    ['en', 100, { Fontname: 'Noto Sans', Fontsize: '151.9' }],
    ['hi-IN', 100, { Fontname: 'Noto Sans Devanagari', Fontsize: '190.6' }],
    ['ta', 10, { Fontname: 'Noto Sans Tamil', Fontsize: '12.4' }],
  ])('sets %s at %i px by the line height of its font', (language, sizePx, style) => {
    const font = { face: fontFor(language), weight: 400, isItalic: false }
    expect(styleOf({ font, sizePx })).toMatchObject(style)
  })

  test('writes opaque colours, blue first', () => {
    expect(styleOf({})).toMatchObject({ PrimaryColour: '&H00563412', Outline: '0', BorderStyle: '1' })
    const outline = { widthPx: 2.5, color: { red: 0, green: 0, blue: 255 } }
    const style = styleOf({}, {}, { ...LETTERS, outline })
    expect(style).toMatchObject({ PrimaryColour: '&H00563412', OutlineColour: '&H00FF0000', Outline: '2.5' })
  })

  test('draws the box of a block without its letters', () => {
    expect(styleOf({}, {}, BOX)).toMatchObject({
      ...{ PrimaryColour: '&HFF000000', BackColour: '&H000000FF', BorderStyle: '4' },
      ...{ Outline: '0', Shadow: '12' },
    })
  })

  test('begins with its ink at the position if that is its top', () => {
    expect(eventOf({ aboveInkPx: 30 }, { y: 100 })).toContain(String.raw`\pos(0,70)`)
    expect(eventOf({ aboveInkPx: 30, anchor: 'bottom' }, { y: 100 })).toContain(String.raw`\pos(0,100)`)
    const turned = eventOf({ aboveInkPx: 30 }, { y: 100, rotationDeg: 90 })
    expect(turned).toContain(String.raw`\pos(0,70)\org(0,100)`)
  })

  test('has the position, the clockwise rotation, and the style of the font', () => {
    expect(eventOf({}, { x: -5, y: 1234.5 })).toBe(String.raw`{\pos(-5,1234.5)\b400\i0}x`)
    const font = { ...TEXT.font, weight: 700, isItalic: true }
    expect(eventOf({ font }, { rotationDeg: 30 })).toBe(String.raw`{\pos(0,0)\org(0,0)\frz-30\b700\i1}x`)
    expect(styleOf({ anchor: 'center', align: 'center' })).toMatchObject({ Alignment: '5' })
    const column = { anchor: 'bottom-left', align: 'right', maxWidthPx: 300 } as const
    expect(styleOf(column)).toMatchObject({ Alignment: '3' })
    expect(eventOf(column, { x: 10, rotationDeg: 5 })).toContain(String.raw`\pos(310,0)\org(10,0)\frz-5`)
  })
})
