const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Scripts whose letters form a grapheme with marks only, and marks are no letters. */
const PLAIN_SCRIPTS = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Georgian',
  'Hebrew',
  'Arabic',
  'Han',
  'Hiragana',
  'Thai',
]

/** Characters between two of which a grapheme always ends (rule GB999 of UAX #29). */
const PLAIN =
  String.raw`[[\x20-\x7e\u3000-\u3029[[${PLAIN_SCRIPTS.map((name) => `\\p{Script=${name}}`).join('')}]&&\p{L}]]` +
  String.raw`--[\p{Extended_Pictographic}\u0e33]]`

/** A character between two plain ones, or at an end of the text, is a grapheme of its own. */
const ALONE = new RegExp(String.raw`(?<=^|${PLAIN})${PLAIN}(?=$|${PLAIN})`, 'gv')

/**
 * The graphemes of a text, one after another: what readers take for one sign. Intl.Segmenter needs some ten microseconds
 * for each, so it sees only those that may have several characters.
 */
export function* graphemesOf(text: string): Iterable<string> {
  let from = 0
  for (const { 0: character, index } of text.matchAll(ALONE)) {
    if (index > from) yield* segmentsOf(text.slice(from, index))
    yield character
    from = index + character.length
  }
  if (from < text.length) yield* segmentsOf(text.slice(from))
}

function* segmentsOf(text: string): Iterable<string> {
  for (const { segment } of SEGMENTS.segment(text)) yield segment
}
