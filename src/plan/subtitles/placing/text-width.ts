/**
 * Advance widths of U+0020 to U+007E in Noto Sans, in hundredths of the em square. A test compares them with the
 * font file.
 */
export const ASCII_WIDTHS: readonly number[] = [
  ...[26, 27, 41, 65, 57, 83, 73, 23, 30, 30, 55, 57, 27, 32, 27, 37, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57],
  ...[27, 27, 57, 57, 57, 43, 90, 64, 65, 63, 73, 56, 52, 73, 74, 34, 27, 62, 52, 91, 76, 78, 61, 78, 62, 55],
  ...[56, 73, 60, 93, 59, 57, 57, 33, 37, 33, 57, 44, 28, 56, 62, 48, 62, 56, 34, 62, 62, 26, 26, 53, 26, 94],
  ...[62, 61, 62, 62, 41, 48, 36, 62, 51, 79, 53, 51, 47, 38, 55, 38, 57],
]

/** The widths of other characters, as wide as most of their kind are, in em; the first pattern that fits counts. */
const KINDS: readonly (readonly [RegExp, number])[] = [
  [/[\p{M}\p{Default_Ignorable_Code_Point}\ufdd0]/u, 0],
  [
    /[\u1100-\u115f\u2e80-\u303f\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/,
    1,
  ],
  [/\p{Extended_Pictographic}/u, 1.3],
  [/[\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Myanmar}]/u, 1],
  [/\p{Lu}/u, 0.75],
  [/[\p{Ll}\p{N}]/u, 0.62],
  [/\p{Z}/u, 0.3],
  [/[^]/u, 0.75],
]

/** How much wider than plain letters bold ones are. */
const BOLD = 1.1

/** The width of a text set in one line, in em: right for Latin letters, and an estimate for others. */
export function widthOf(text: string, isBold: boolean): number {
  let width = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    const ascii = point < 0x7f ? ASCII_WIDTHS[point - 0x20] : undefined
    width += ascii === undefined ? widthOfOther(character, point) : ascii / 100
  }
  return isBold ? width * BOLD : width
}

/** Texts have few different characters, and patterns of properties are slow. */
const KNOWN = new Map<number, number>()

function widthOfOther(character: string, point: number): number {
  const known = KNOWN.get(point)
  if (known !== undefined) return known
  const width = KINDS.find(([kind]) => kind.test(character))?.[1] ?? 0
  KNOWN.set(point, width)
  return width
}
