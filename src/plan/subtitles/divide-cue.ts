import { graphemesOf } from '../text/graphemes.js'
import type { Cue, Span } from './cue.js'
import { spokenTimes } from './spoken-words.js'

/** How much of a cue is shown at a time; null: any number. */
export interface Division {
  readonly maxWords: number | null
  readonly maxChars: number | null
}

/** Scripts that write words without blanks between them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const SEGMENTER = new Intl.Segmenter('th', { granularity: 'word' })

/** A word of a cue. */
interface Word {
  /** Of one style each. */
  readonly pieces: Span[]
  /** When the file says that it is spoken; null: it does not say. */
  readonly knownMs: number | null
  isSpaced: boolean
}

/**
 * The cue as cues of a few words each, one after another. Each begins when its first word is spoken, as the file says or,
 * where it does not say, by the length of the words before it. The lines of the cue become one.
 */
export function divideCue(cue: Cue, division: Division): Cue[] {
  if (division.maxWords === null && division.maxChars === null) return [cue]
  const words = wordsOf(cue)
  const groups = groupsOf(words, division)
  const starts = startsOf(words, cue)
  return groups
    .map(({ from, until }) => ({
      ...cue,
      startMs: from === 0 ? cue.startMs : (starts[from] ?? cue.startMs),
      endMs: until === words.length ? cue.endMs : (starts[until] ?? cue.endMs),
      spans: words
        .slice(from, until)
        .flatMap((word, index, { length }) => spansOf(word, index === length - 1)),
    }))
    .filter(({ startMs, endMs }) => endMs > startMs)
}

function spansOf({ pieces, isSpaced }: Word, isLast: boolean): Span[] {
  if (isLast || !isSpaced) return pieces
  return pieces.map((piece, index) =>
    index === pieces.length - 1 ? { ...piece, text: `${piece.text} ` } : piece,
  )
}

function wordsOf(cue: Cue): Word[] {
  const isTimed = cue.spans.some(({ fromMs }) => fromMs !== undefined)
  const times = spokenTimes(cue)
  const words: Word[] = []
  let isNew = true
  cue.spans.forEach((span, index) => {
    const timed = isTimed ? { ...span, fromMs: times[index] ?? cue.startMs } : span
    let isFirst = span.fromMs !== undefined
    for (const text of partsOf(span.text)) {
      const last = words.at(-1)
      if (text.trim() === '') {
        if (last) last.isSpaced = true
        isNew = true
        continue
      }
      const piece = { ...timed, text }
      if (!isNew && last && !UNSPACED.test(text)) last.pieces.push(piece)
      else words.push({ pieces: [piece], knownMs: isFirst ? (times[index] ?? null) : null, isSpaced: false })
      ;[isNew, isFirst] = [UNSPACED.test(text), false]
    }
  })
  return words
}

/** Blanks, and what stands between them: word by word in scripts without blanks, with the marks behind each. */
function partsOf(text: string): string[] {
  return (text.match(/\s+|\S+/g) ?? []).flatMap((run) => {
    if (!UNSPACED.test(run)) return [run]
    const parts: string[] = []
    for (const { segment, isWordLike = false } of SEGMENTER.segment(run)) {
      if (isWordLike || parts.length === 0) parts.push(segment)
      else parts.push((parts.pop() ?? '') + segment)
    }
    return parts
  })
}

interface Group {
  readonly from: number
  readonly until: number
}

/** As many words as may be; where only their number counts, about as many in each group. */
function groupsOf(words: readonly Word[], { maxWords, maxChars }: Division): Group[] {
  const most = maxWords ?? words.length
  const even = Math.ceil(words.length / Math.ceil(words.length / most))
  const groups: Group[] = []
  let [from, chars] = [0, 0]
  words.forEach((word, index) => {
    const isFull = index - from >= even || (maxChars !== null && chars + lengthOf(word) > maxChars)
    if (index > from && isFull) {
      groups.push({ from, until: index })
      ;[from, chars] = [index, 0]
    }
    chars += lengthOf(word) + (word.isSpaced ? 1 : 0)
  })
  return [...groups, { from, until: words.length }]
}

function lengthOf({ pieces }: Word): number {
  return [...graphemesOf(pieces.map(({ text }) => text).join(''))].length
}

/** When each word begins: between two that are known, by the letters. */
function startsOf(words: readonly Word[], { startMs, endMs }: Cue): number[] {
  const starts: number[] = []
  const lengths = words.map(lengthOf)
  let [at, ms] = [0, startMs]
  while (at < words.length) {
    const next = words.findIndex(({ knownMs }, index) => index > at && knownMs !== null)
    const until = next < 0 ? words.length : next
    const untilMs = next < 0 ? endMs : (words[next]?.knownMs ?? endMs)
    ms = words[at]?.knownMs ?? ms
    const all = lengths.slice(at, until).reduce((sum, length) => sum + length, 0)
    let before = 0
    for (let index = at; index < until; index += 1) {
      starts.push(Math.round(ms + ((untilMs - ms) * before) / Math.max(1, all)))
      before += lengths[index] ?? 0
    }
    ;[at, ms] = [until, untilMs]
  }
  return starts
}
