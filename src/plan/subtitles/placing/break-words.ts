import { widthOf } from './text-width.js'

/** Where a line may end without a blank. `escapeText` turns it into what libass breaks at. */
const BREAK = '\u200b'

/** A column of text. Lengths are em. */
export interface Column {
  readonly width: number
  readonly isBold: boolean
}

/** A part of a word is so much of a column at most, so that lines are filled. */
const PART = 1 / 8

/** Scripts that write words without blanks between them. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Letters that a line may begin and end at, in `escapeText` as here. */
const EAST_ASIAN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb\u30fc\uff00-\uff60]/u

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })
const WORDS = new Intl.Segmenter('th', { granularity: 'word' })

/** A word with the blanks behind it. */
const WORD = /[^ \t\n\u200b]+[ \t\u200b]*|[ \t\u200b]+|\n/g

/** The text with places to break in every word that is wider than the column. */
export function breakWords(text: string, column: Column): string {
  return text.replace(WORD, (word) =>
    widthOf(word, column.isBold) > column.width ? breakWord(word, column) : word,
  )
}

function breakWord(word: string, { width, isBold }: Column): string {
  const pieces = UNSPACED.test(word)
    ? [...WORDS.segment(word)].flatMap(({ segment }) => partsOf(segment, width, isBold))
    : graphemesOf(word)
  let [broken, room] = ['', width * PART]
  for (const piece of pieces) {
    const needed = widthOf(piece, isBold)
    if (broken !== '' && needed > room && !piece.startsWith(' ')) {
      broken += BREAK
      room = width * PART
    }
    broken += piece
    room -= needed
  }
  return broken
}

/** A word of a script without blanks stays whole unless it is too wide itself. */
function partsOf(word: string, width: number, isBold: boolean): string[] {
  return widthOf(word, isBold) > width ? graphemesOf(word) : [word]
}

function graphemesOf(word: string): string[] {
  return Array.from(GRAPHEMES.segment(word), ({ segment }) => segment)
}

/**
 * How many lines a text takes in a column. libass breaks the lines itself, and may find another number where letters
 * are not those that `widthOf` knows.
 */
export function countLines(text: string, column: Column): number {
  let [lines, used] = [1, 0]
  for (const piece of piecesOf(text)) {
    if (piece === '\n') {
      lines += 1
      used = 0
      continue
    }
    const width = widthOf(piece.trimEnd(), column.isBold)
    if (used > 0 && used + width > column.width) {
      lines += 1
      used = 0
    }
    used += widthOf(piece, column.isBold)
  }
  return lines
}

/** Words, letters of East Asia, and line ends. */
function piecesOf(text: string): string[] {
  return (text.match(WORD) ?? []).flatMap((word) => (EAST_ASIAN.test(word) ? graphemesOf(word) : [word]))
}
