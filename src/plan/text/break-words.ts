import type { Font } from './fonts.js'
import { graphemesOf } from './graphemes.js'
import { widthOf } from './text-width.js'

/** Where a line may end without a blank. `escapeText` turns it into what libass breaks at. */
export const BREAK = '\u200b'

/** A column of text. Lengths are em. */
export interface Column {
  readonly width: number
  readonly font: Font
  readonly isBold: boolean
  /** Lines that the picture has room for. */
  readonly lines: number
}

/** A part of a word is so much of a column at most, so that lines are filled. */
const PART = 1 / 8

/** Scripts that write words without blanks between them. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Letters that a line may begin and end at, in `escapeText` as here. */
const EAST_ASIAN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb\u30fc\uff00-\uff60]/u

const WORDS = new Intl.Segmenter('th', { granularity: 'word' })

/** A word with the blanks behind it. */
const WORD = /[^ \t\n\u200b]+[ \t\u200b]*|[ \t\u200b]+|\n/g

/**
 * The text with places to break in every word that is wider than the column; not in what the picture has no room
 * for, which would take long for texts without end.
 */
export function breakWords(text: string, column: Column): string {
  let room = MOST_PICTURES * column.width * column.lines
  return text.replace(WORD, (word) => {
    const width = room > 0 ? widthOf(word, column.font, column.isBold) : 0
    room -= width
    return width > column.width ? breakWord(word, column) : word
  })
}

/** Lines that break early take more room than their letters. */
const MOST_PICTURES = 2

function breakWord(word: string, { width, font, isBold, lines }: Column): string {
  const most = MOST_PICTURES * width * lines
  let [broken, room, used, done] = ['', width * PART, 0, 0]
  for (const piece of piecesOfWord(word, { width, font, isBold })) {
    const needed = widthOf(piece, font, isBold)
    used += needed
    if (used > most) break
    if (broken !== '' && needed > room && !piece.startsWith(' ')) {
      broken += BREAK
      room = width * PART
    }
    broken += piece
    done += piece.length
    room -= needed
  }
  return broken + word.slice(done)
}

const ASCII = /^[\0-\u007f]*$/

/** Tibetan syllables end with a dot or a stroke. */
const TIBETAN = /\p{Script=Tibetan}/u
const SYLLABLE = /[^\u0f0b\u0f0d]+[\u0f0b\u0f0d]*|[\u0f0b\u0f0d]+/gu

/** What a word may be broken between, one after another: they are not sought beyond what is used. */
function* piecesOfWord(word: string, column: Pick<Column, 'width' | 'font' | 'isBold'>): Iterable<string> {
  if (ASCII.test(word)) yield* word
  else if (TIBETAN.test(word)) {
    for (const [syllable] of word.matchAll(SYLLABLE)) yield* partsOf(syllable, column)
  } else if (UNSPACED.test(word)) {
    for (const { segment } of WORDS.segment(word)) yield* partsOf(segment, column)
  } else {
    yield* graphemesOf(word)
  }
}

/** A word of a script without blanks stays whole unless it is too wide itself. */
function partsOf(word: string, { width, font, isBold }: Pick<Column, 'width' | 'font' | 'isBold'>): string[] {
  return widthOf(word, font, isBold) > width ? [...graphemesOf(word)] : [word]
}

/**
 * The lines of a text in a column. libass breaks the lines itself, and may find others where letters are not as wide
 * as `widthOf` says.
 */
export function wrapLines(text: string, { font, isBold, width: most }: Column): string[] {
  let [line, used] = ['', 0]
  const lines: string[] = []
  const end = () => {
    lines.push(line)
    ;[line, used] = ['', 0]
  }
  for (const piece of piecesOf(text)) {
    if (piece === '\n') {
      end()
      continue
    }
    if (used > 0 && used + widthOf(piece.trimEnd(), font, isBold) > most) end()
    line += piece
    used += widthOf(piece, font, isBold)
  }
  return [...lines, line]
}

export function countLines(text: string, column: Column): number {
  return wrapLines(text, column).length
}

/** Words, letters of East Asia, and line ends. */
function piecesOf(text: string): string[] {
  return (text.match(WORD) ?? []).flatMap((word) => (EAST_ASIAN.test(word) ? Array.from(word) : [word]))
}
