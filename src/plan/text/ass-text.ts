import { FROM_RIGHT } from './text-direction.js'

const WORD_JOINER = '\u2060'

const ZERO_WIDTH_SPACE = '\u200b'

const TAB = '    '

/** Characters without a shape or a width. (Half a surrogate pair is written as U+FFFD in any case.) */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g

/** Marks where a line may end without a blank. No text has this character: the schema refuses it. */
const BREAK = '\u0000'

/** A blank of almost no width: libass breaks lines only at blanks. */
const THIN_BLANK = String.raw`{\fscx1} {\fscx100}`

/** A blank that libass neither drops nor breaks a line at. No plain text has this character. */
const HARD_BLANK = '\u0001'

/** A text without controls, with `\n` for every line end. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, TAB)
    .replace(CONTROLS, '')
}

/**
 * A text as libass must see it, with marks that `escapeRun` turns into what libass reads. Blanks at the ends of a line
 * would be dropped, and an empty line would be half as high: both get hard blanks.
 * @param wraps whether lines may be broken where their script allows it
 */
export function prepareText(text: string, wraps: boolean): string {
  const plain = plainText(text)
  return squareEdges(wraps ? allowBreaks(plain) : plain)
    .split('\n')
    .map(hardenEdges)
    .join('\n')
}

function hardenEdges(line: string): string {
  let start = 0
  while (line[start] === ' ') start += 1
  let end = line.length
  while (end > start && line[end - 1] === ' ') end -= 1
  if (line === '') return HARD_BLANK
  return HARD_BLANK.repeat(start) + line.slice(start, end) + HARD_BLANK.repeat(line.length - end)
}

/**
 * The text of an ASS event that draws exactly a prepared text, or a part of it. Braces would open an override block,
 * and a backslash would begin a command: braces are escaped by libass's own rule, and an invisible word joiner keeps
 * each backslash apart from the next letter.
 */
export function escapeRun(prepared: string): string {
  return prepared
    .replace(/\\/g, `\\${WORD_JOINER}`)
    .replace(/[{}]/g, String.raw`\$&`)
    .replaceAll(HARD_BLANK, String.raw`\h`)
    .replace(/\n/g, String.raw`\N`)
    .replaceAll(BREAK, THIN_BLANK)
}

/** Invisible, and part of the letter before it. */
const GRAPHEME_JOINER = '\u034f'

const LETTER = String.raw`(?=\p{L})${FROM_RIGHT}\p{M}*`

/** Not a lam: with an alef behind it, it is drawn as one letter. */
const FIRST_LETTERS = new RegExp(String.raw`(?<![\p{L}\p{M}])(?!ل)${LETTER}`, 'gu')
const LAST_LETTERS = new RegExp(String.raw`${LETTER}(?![\p{L}\p{M}])`, 'gu')

/**
 * libass measures a line by where the first part of a letter lies. In right-to-left scripts that is a mark or
 * dot above or below the letter, and the line seems shorter or longer than it is. A joiner behind the letter
 * makes the letter itself the first part.
 */
function squareEdges(text: string): string {
  const joined = (letter: string) => letter + GRAPHEME_JOINER
  return text.replace(FIRST_LETTERS, joined).replace(LAST_LETTERS, joined)
}

const EAST_ASIAN = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb\u30fc\uff00-\uff60]`

/**
 * No line begins with one of these: closing marks, small kana, marks of length and repetition, parts of
 * letters.
 */
const NEVER_FIRST = String.raw`[\p{Pe}\p{Pf}\p{M}\s、。，．・：；？！‐–〜～々〻ー゛゜ヽヾゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％]`

/** No line ends with one of these: opening brackets and currency signs. */
const NEVER_LAST = String.raw`[\p{Ps}\p{Pi}\s￥＄￡]`

const BREAK_OPPORTUNITIES = new RegExp(
  `(?<=${EAST_ASIAN})(?<!${NEVER_LAST})(?!${NEVER_FIRST}|$)|` +
    `(?<!${NEVER_LAST}|^)(?=${EAST_ASIAN})(?!${NEVER_FIRST})`,
  'gmu',
)

/** Chinese and Japanese wrap between any two letters except at some marks; others at a zero-width space. */
function allowBreaks(text: string): string {
  return text.replace(BREAK_OPPORTUNITIES, BREAK).replaceAll(ZERO_WIDTH_SPACE, BREAK)
}
