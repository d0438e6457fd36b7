/** One subtitle of a file without styles of its own. Times are milliseconds of the file; they may be negative. */
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
  /** When it is spoken, by the file's clock. Absent: with what is before it, or when the cue begins. */
  readonly fromMs?: number
}

export interface SpanStyle {
  readonly bold: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly strike: boolean
  /** As `parseColor` reads it; null: that of the operation. */
  readonly color: string | null
}

export const PLAIN: SpanStyle = { bold: false, italic: false, underline: false, strike: false, color: null }

/**
 * Where a cue is shown, by the model of WebVTT (https://www.w3.org/TR/webvtt1/#processing-cue-settings): a box
 * that is as long as the lines may be and as thick as the text.
 */
export interface CuePosition {
  /** `vertical-rl`: lines run downwards, and each next one is to the left. */
  readonly writing: 'horizontal' | 'vertical-rl' | 'vertical-lr'
  /** The box along its lines, in per cent of the picture's width; of its height when the lines are vertical. */
  readonly box: { readonly from: number; readonly size: number }
  /** Lines within the box. Of vertical lines, `left` is above. */
  readonly align: 'left' | 'center' | 'right'
  /** The box across its lines; null: where the operation shows cues. */
  readonly line: CueLine | null
}

export type CueLine =
  /** Counted in lines of text from the top, where the first is 0; negative: from the bottom, where the last is −1. */
  | { readonly by: 'lines'; readonly line: number }
  /** The box's start, middle or end, in per cent of the picture's height. */
  | {
      readonly by: 'percent'
      readonly percent: number
      readonly anchor: 'start' | 'center' | 'end'
    }
  | { readonly by: 'region'; readonly region: CueRegion }

/** A part of the picture in which cues stand above each other, the latest at the bottom. All in per cent. */
export interface CueRegion {
  readonly id: string
  readonly width: number
  /** Its height in lines of text. */
  readonly lines: number
  /** The point of the region that lies at the point of the picture below. */
  readonly anchor: Point
  readonly viewport: Point
}

export interface Point {
  readonly x: number
  readonly y: number
}

export const DEFAULT_POSITION: CuePosition = {
  writing: 'horizontal',
  box: { from: 0, size: 100 },
  align: 'center',
  line: null,
}

const LAST_LINE: CueLine = { by: 'lines', line: -1 }
const MIDDLE: CueLine = { by: 'percent', percent: 50, anchor: 'center' }
const FIRST_LINE: CueLine = { by: 'lines', line: 0 }

/** The position that `\an1` to `\an9` mean, numbered like the keys of a numeric keypad. */
export function positionOfKey(key: number): CuePosition {
  const line = [LAST_LINE, MIDDLE, FIRST_LINE][Math.floor((key - 1) / 3)] ?? null
  const align = (['left', 'center', 'right'] as const)[(key - 1) % 3] ?? 'center'
  return { ...DEFAULT_POSITION, align, line }
}

/** The text of a cue without its styles. */
export function textOf({ spans }: Pick<CueText, 'spans'>): string {
  return spans.map(({ text }) => text).join('')
}
