/** One subtitle of an SRT or WebVTT file. Times are milliseconds of the file. */
export interface Cue extends CueText {
  readonly startMs: number
  /** Exclusive. */
  readonly endMs: number
}

export interface CueText {
  /** What it says, its lines parted by `\n`. */
  readonly spans: readonly Span[]
  readonly place: Place
}

/** A stretch of text in one style. */
export interface Span {
  readonly text: string
  readonly style: SpanStyle
}

export interface SpanStyle {
  readonly bold: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly strike: boolean
  /** As `parseColor` reads it; null: the cue's own. */
  readonly color: string | null
}

/** Where a cue wants to be. */
export interface Place {
  /** null: where the edit has cues. */
  readonly vertical: 'top' | 'middle' | 'bottom' | null
  readonly horizontal: 'left' | 'center' | 'right'
  /** Where its left or right edge is, in per cent of the picture's width from the left; null: at the margin. */
  readonly edgePercent: number | null
}

export const DEFAULT_PLACE: Place = { vertical: null, horizontal: 'center', edgePercent: null }

/** `\an1` to `\an9`, counted as on a numeric keypad. */
export function placeOfKey(key: number): Place {
  const vertical = (['bottom', 'middle', 'top'] as const)[Math.floor((key - 1) / 3)] ?? null
  const horizontal = (['left', 'center', 'right'] as const)[(key - 1) % 3] ?? 'center'
  return { vertical, horizontal, edgePercent: null }
}
