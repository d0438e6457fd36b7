import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ASCII_WIDTHS, widthOf } from '../../../../src/plan/subtitles/placing/text-width.js'

/** Advance widths of a TrueType font in em, by code point. */
function advances(path: string, points: readonly number[]): number[] {
  const bytes = readFileSync(path)
  const tables = new Map<string, number>()
  for (let at = 12; at < 12 + 16 * bytes.readUInt16BE(4); at += 16) {
    tables.set(bytes.toString('latin1', at, at + 4), bytes.readUInt32BE(at + 8))
  }
  const table = (name: string) => tables.get(name) ?? NaN
  const cmap = table('cmap')
  const subtables = Array.from({ length: bytes.readUInt16BE(cmap + 2) }, (_, index) => {
    return cmap + bytes.readUInt32BE(cmap + 8 + 8 * index)
  })
  const full = subtables.find((at) => bytes.readUInt16BE(at) === 12) ?? NaN
  const glyph = (point: number) => {
    for (let at = full + 16; at < full + 16 + 12 * bytes.readUInt32BE(full + 12); at += 12) {
      const first = bytes.readUInt32BE(at)
      if (point >= first && point <= bytes.readUInt32BE(at + 4))
        return bytes.readUInt32BE(at + 8) + point - first
    }
    return NaN
  }
  const unitsPerEm = bytes.readUInt16BE(table('head') + 18)
  return points.map((point) => bytes.readUInt16BE(table('hmtx') + 4 * glyph(point)) / unitsPerEm)
}

test('the widths of ASCII are those of the font', () => {
  const points = ASCII_WIDTHS.map((_, index) => 0x20 + index)
  const widths = advances('dist/fonts/NotoSans_400Regular.ttf', points)
  expect(widths.map((width) => Math.round(width * 100))).toEqual(ASCII_WIDTHS)
})

test('bold letters are wider, marks take no room, letters of East Asia a square', () => {
  expect(widthOf('Hello', true)).toBeGreaterThan(widthOf('Hello', false))
  expect(widthOf('e\u0301', false)).toBe(widthOf('e', false))
  expect(widthOf('漢字', false)).toBe(2)
  expect(widthOf('', false)).toBe(0)
})
