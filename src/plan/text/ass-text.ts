import { FROM_RIGHT } from './text-direction.js'

const WORD_JOINER = '\u2060'

const ZERO_WIDTH_SPACE = '\u200b'

const TAB = '    '

/** What moves no pen and has no shape. Surrogates that lack their half are written as U+FFFD. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g

/** Where a line may end beside blanks. No text has this character: the schema refuses it. */
const BREAK = '\u0000'

/** A blank that is next to nothing wide: libass breaks lines at blanks alone. */
const THIN_BLANK = String.raw`{\fscx1} {\fscx100}`

/**
 * The text of an ASS event that draws exactly this. Braces would open an override block and a backslash a
 * command: braces are escaped as libass has it, and an invisible word joiner behind each backslash keeps it from
 * joining the next letter. Blanks at the ends of a line would be dropped, and an empty line be half as high:
 * there they do not break.
 * @param wraps whether lines may break where their script has it
 */
export function escapeText(text: string, wraps: boolean): string {
  const plain = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, TAB)
    .replace(CONTROLS, '')
  return squareEdges(wraps ? allowBreaks(plain) : plain)
    .replace(/\\/g, `\\${WORD_JOINER}`)
    .replace(/[{}]/g, String.raw`\$&`)
    .replace(/^ +| +$/gm, (spaces) => String.raw`\h`.repeat(spaces.length))
    .replace(/^$/gm, String.raw`\h`)
    .replace(/\n/g, String.raw`\N`)
    .replaceAll(BREAK, THIN_BLANK)
}

/** Invisible, and part of the letter before it. */
const GRAPHEME_JOINER = '\u034f'

const LETTER = String.raw`(?=\p{L})${FROM_RIGHT}\p{M}*`

/** Not behind a lam, which is one letter with an alef. */
const FIRST_LETTERS = new RegExp(String.raw`(?<![\p{L}\p{M}])(?!ل)${LETTER}`, 'gu')
const LAST_LETTERS = new RegExp(String.raw`${LETTER}(?![\p{L}\p{M}])`, 'gu')

/**
 * libass measures a line by where the first part of a letter lies. In scripts from the right that is a mark or dot
 * above or below it, and the line seems shorter or longer than it is; with this behind the letter, it comes first.
 */
function squareEdges(text: string): string {
  const joined = (letter: string) => letter + GRAPHEME_JOINER
  return text.replace(FIRST_LETTERS, joined).replace(LAST_LETTERS, joined)
}

const EAST_ASIAN = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb\u30fc\uff00-\uff60]`

/** What no line begins with: closing marks, small kana, marks of length and repetition, and parts of letters. */
const NEVER_FIRST = String.raw`[\p{Pe}\p{Pf}\p{M}\s、。，．・：；？！‐–〜～々〻ー゛゜ヽヾゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％]`

/** What no line ends with: opening brackets and currency signs. */
const NEVER_LAST = String.raw`[\p{Ps}\p{Pi}\s￥＄￡]`

const CHANCES = new RegExp(
  `(?<=${EAST_ASIAN})(?<!${NEVER_LAST})(?!${NEVER_FIRST}|$)|` +
    `(?<!${NEVER_LAST}|^)(?=${EAST_ASIAN})(?!${NEVER_FIRST})`,
  'gmu',
)

/** Chinese and Japanese wrap between any two letters, but for some marks; others where a zero-width space says so. */
function allowBreaks(text: string): string {
  return text.replace(CHANCES, BREAK).replaceAll(ZERO_WIDTH_SPACE, BREAK)
}
