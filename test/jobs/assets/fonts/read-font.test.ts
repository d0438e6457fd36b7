import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AppError } from '../../../../src/errors.js'
import { describeFont } from '../../../../src/jobs/assets/fonts/read-font.js'
import { renameFont } from '../../../../src/jobs/assets/fonts/rename-font.js'
import type { CodeRange, FontFacts } from '../../../../src/plan/model/font-facts.js'
import { missingCharacters } from '../../../../src/plan/text/missing-glyphs.js'
import { asCollection, readFontMetrics, shippedFont } from '../../../support/font-file.js'

const REFUSED = expect.objectContaining({ code: 'unsupported-media' }) as AppError
const sans = shippedFont('NotoSans_400Regular.ttf')

function has({ characters }: FontFacts, text: string): boolean {
  return Array.from(text).every((letter) => {
    const point = letter.codePointAt(0) ?? 0
    return characters.some(({ start, end }) => point >= start && point < end)
  })
}

function sizeOf(ranges: readonly CodeRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0)
}

/** Offset of a table's entry in the directory. */
function entryOf(font: Buffer, tag: string): number {
  return font.indexOf(tag, 12, 'latin1')
}

/** A copy with other bytes in a table. */
function patched(tag: string, offset: number, ...bytes: number[]): Buffer {
  const copy = Buffer.from(sans)
  const at = copy.readUInt32BE(entryOf(copy, tag) + 8) + offset
  Buffer.from(bytes).copy(copy, at)
  return copy
}

describe('the facts of a font', () => {
  // Old versions of fontconfig leave a file of their own in the folder.
  test.each(readdirSync('dist/fonts').filter((name) => !name.startsWith('.')))(
    'of %s match its file and what is recorded of shipped fonts',
    (name) => {
      const facts = describeFont(shippedFont(name))
      const { winAscent, winDescent, unitsPerEm } = readFontMetrics(`dist/fonts/${name}`)
      expect(facts.lineHeight).toBeCloseTo((winAscent + winDescent) / unitsPerEm, 6)
      expect(facts).toMatchObject({
        weight: name.includes('Bold') ? 700 : 400,
        isItalic: name.includes('Italic'),
      })
      const all = facts.characters.flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, index) => String.fromCodePoint(start + index)),
      )
      expect(missingCharacters(all.join(''))).toEqual([])
    },
  )

  test.each([
    ['NotoSans_400Regular.ttf', 'Aéßक', 'த汉😀'],
    ['NotoSansDevanagari_700Bold.ttf', 'कख', '汉😀'],
    ['NotoEmoji_400Regular.ttf', '😀🚀', 'क汉'],
    ['NotoSansSC_400Regular.ttf', '汉语', 'क😀'],
  ])('%s has the letters %s and not %s', (name, letters, others) => {
    const facts = describeFont(shippedFont(name))
    expect(has(facts, letters)).toBe(true)
    for (const letter of others) expect(has(facts, letter)).toBe(false)
  })

  test('of a collection are those of its first font', () => {
    expect(describeFont(asCollection(sans))).toEqual(describeFont(sans))
  })

  test('have the line height of hhea where Windows has none, and the typographic one where the font says so', () => {
    const [nothing, useTypographic] = [[0, 0, 0, 0], 0x80]
    const noWindows = patched('OS/2', 74, ...nothing)
    expect(describeFont(noWindows).lineHeight).toBeCloseTo(1.069 + 0.293, 3)
    const typographic = Buffer.from(noWindows)
    const os2 = typographic.readUInt32BE(entryOf(typographic, 'OS/2') + 8)
    typographic.writeUInt16BE(useTypographic, os2 + 62)
    typographic.writeInt16BE(700, os2 + 68)
    typographic.writeInt16BE(-300, os2 + 70)
    expect(describeFont(typographic).lineHeight).toBeCloseTo(1, 3)
  })
})

describe('a font is refused', () => {
  test.each([
    ['without a byte', Buffer.alloc(0)],
    ['with nothing but a signature', Buffer.from('00010000', 'hex')],
    ['that ends too early', sans.subarray(0, sans.length - 1000)],
    ['with a size of 0', patched('head', 18, 0, 0)],
    ['with lines of no height', patched('head', 18, 0xff, 0xff)],
    ['without a table of Unicode characters', patched('cmap', 2, 0, 0)],
    ['with more than a million tables of characters', patched('cmap', 2, 0xff, 0xff)],
    ['without glyphs', patched('maxp', 4, 0, 0)],
  ])('%s', (_what, bytes) => {
    expect(() => describeFont(bytes)).toThrow(REFUSED)
  })

  test.each(['head', 'hhea', 'hmtx', 'maxp', 'cmap', 'name', 'glyf', 'loca'])('without %s', (tag) => {
    const copy = Buffer.from(sans)
    copy.write('zzzz', entryOf(copy, tag), 'latin1')
    expect(() => describeFont(copy)).toThrow(REFUSED)
  })

  test('or is read within bounds, whatever its bytes', () => {
    const changes = fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })),
      {
        maxLength: 12,
      },
    )
    const small = shippedFont('NotoSansTamil_400Regular.ttf')
    const tables = ['head', 'cmap', 'OS/2', 'maxp', 'name'].map((tag) => entryOf(small, tag))
    fc.assert(
      fc.property(changes, fc.constantFrom(...tables), fc.boolean(), (bytes, entry, inDirectory) => {
        const copy = Buffer.from(small)
        const [from, length] = inDirectory
          ? [0, 12 + 16 * 20]
          : [small.readUInt32BE(entry + 8), small.readUInt32BE(entry + 12)]
        for (const [place, byte] of bytes) copy[from + Math.floor(place * (length - 1))] = byte
        try {
          const { characters, lineHeight } = describeFont(copy)
          expect(sizeOf(characters)).toBeLessThanOrEqual(0x110000)
          expect(lineHeight).toBeGreaterThan(0)
          expect(renameFont(copy).length).toBeLessThan(copy.length + 1000)
        } catch (error) {
          expect(error).toMatchObject({ code: 'unsupported-media' })
        }
      }),
      { numRuns: 300 },
    )
  })
})
