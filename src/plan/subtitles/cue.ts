/** One subtitle of an SRT or WebVTT file. Times are milliseconds of the file. */
export interface Cue extends CueText {
  readonly startMs: number
  /** Exclusive. */
  readonly endMs: number
}

export interface CueText {
  /** Its text; `\n` ends a line. */
  readonly spans: readonly Span[]
  readonly position: CuePosition
}

/** A run of text in one style. */
export interface Span {
  readonly text: string
  readonly style: SpanStyle
}

export interface SpanStyle {
  readonly bold: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly strike: boolean
  /** As `parseColor` reads it; null: that of the operation. */
  readonly color: string | null
}

/** Where a cue is shown. */
export interface CuePosition {
  /** null: where the operation shows cues. */
  readonly vertical: 'top' | 'middle' | 'bottom' | null
  readonly horizontal: 'left' | 'center' | 'right'
  /** Its left or right edge, in per cent of the picture's width from the left; null: at the margin. */
  readonly edgePercent: number | null
}

export const DEFAULT_POSITION: CuePosition = { vertical: null, horizontal: 'center', edgePercent: null }

/** The position that `\an1` to `\an9` mean, numbered like the keys of a numeric keypad. */
export function positionOfKey(key: number): CuePosition {
  const vertical = (['bottom', 'middle', 'top'] as const)[Math.floor((key - 1) / 3)] ?? null
  const horizontal = (['left', 'center', 'right'] as const)[(key - 1) % 3] ?? 'center'
  return { vertical, horizontal, edgePercent: null }
}
