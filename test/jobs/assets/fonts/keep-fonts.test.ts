import { expect, test } from 'vitest'
import { createKeptFonts } from '../../../../src/jobs/assets/fonts/keep-fonts.js'
import type { FontFacts } from '../../../../src/plan/model/font-facts.js'

const font = (glyphs: number): FontFacts => ({
  ...{ weight: 400, isItalic: false, lineHeight: 1.2, ascent: 1 },
  characters: [{ start: 65, end: 65 + glyphs, glyph: 1 }],
  widths: Array<number>(glyphs).fill(50),
  tops: Array<number>(glyphs).fill(70),
})

/** Counts the readings of each font. */
function createReader() {
  const read: string[] = []
  return {
    read,
    of:
      (name: string, glyphs = 10) =>
      () => {
        read.push(name)
        return Promise.resolve(font(glyphs))
      },
  }
}

test('the same bytes are read once, also when they are asked for at the same time', async () => {
  const [keep, reader] = [createKeptFonts(), createReader()]
  const asked = [keep('a', reader.of('a')), keep('a', reader.of('a')), keep('b', reader.of('b'))]
  expect((await Promise.all(asked)).map(({ widths }) => widths.length)).toEqual([10, 10, 10])
  await keep('a', reader.of('a'))
  expect(reader.read).toEqual(['a', 'b'])
})

test('what was used last stays, within the bound', async () => {
  const [keep, reader] = [createKeptFonts(60), createReader()]
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await keep(name, reader.of(name))
  expect(reader.read).toEqual(['a', 'b', 'c', 'b'])
})

test('a font that is larger than the bound is used, and read again', async () => {
  const [keep, reader] = [createKeptFonts(60), createReader()]
  for (const name of ['a', 'huge', 'huge', 'a']) await keep(name, reader.of(name, name === 'a' ? 10 : 100))
  expect(reader.read).toEqual(['a', 'huge', 'huge'])
})

test('a failure is told to all who wait, and not kept', async () => {
  const keep = createKeptFonts()
  const fail = () => Promise.reject(new Error('damaged'))
  const asked = await Promise.allSettled([keep('a', fail), keep('a', fail)])
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await keep('a', () => Promise.resolve(font(1)))).toEqual(font(1))
})
