import { type CueLine, type CuePosition, DEFAULT_POSITION } from '../cue.js'

/** Attributes of styles that apply to an element, by their names without a prefix. */
export type Styles = ReadonlyMap<string, string>

/** What a document says of the picture that its lengths are meant for. */
export interface TtmlPicture {
  readonly widthPx: number | null
  readonly heightPx: number | null
  readonly columns: number
  readonly rows: number
}

/** So near to an edge, in per cent, a region means the edge, and its text keeps the margin. */
const NEAR_EDGE = 5

export function pictureOf(attributes: Styles): TtmlPicture {
  const [, width, height] = /^(\d{1,5})px\s{1,9}(\d{1,5})px$/.exec(attributes.get('extent') ?? '') ?? []
  const [, columns, rows] = /^(\d{1,4})\s{1,9}(\d{1,4})$/.exec(attributes.get('cellResolution') ?? '') ?? []
  return {
    widthPx: Number(width) || null,
    heightPx: Number(height) || null,
    columns: Number(columns) || 32,
    rows: Number(rows) || 15,
  }
}

/**
 * The position of a paragraph, from the styles of its region and its own
 * (https://www.w3.org/TR/ttml2/#styling-attribute-vocabulary).
 */
export function positionOfStyles(styles: Styles, picture: TtmlPicture, isRtl: boolean): CuePosition {
  const origin = lengths(styles.get('origin'), picture)
  const extent = lengths(styles.get('extent'), picture)
  const display = styles.get('displayAlign')
  if (!origin) {
    const line = display === undefined ? null : lineIn({ from: 0, size: 100 }, display)
    return { ...DEFAULT_POSITION, align: alignOf(styles.get('textAlign') ?? 'center', isRtl), line }
  }
  const [x, y] = origin.map((value) => Math.min(100, Math.max(0, value))) as [number, number]
  const [width, height] = extent ?? [100 - x, 100 - y]
  return {
    ...DEFAULT_POSITION,
    box: { from: x, size: Math.min(width, 100 - x) },
    align: alignOf(styles.get('textAlign') ?? 'start', isRtl),
    line: lineIn({ from: y, size: Math.min(height, 100 - y) }, display ?? 'before'),
  }
}

function lineIn({ from, size }: { readonly from: number; readonly size: number }, display: string): CueLine {
  if (display === 'after') {
    const percent = from + size
    return percent > 100 - NEAR_EDGE ? { by: 'lines', line: -1 } : { by: 'percent', percent, anchor: 'end' }
  }
  if (display === 'center') return { by: 'percent', percent: from + size / 2, anchor: 'center' }
  return from < NEAR_EDGE ? { by: 'lines', line: 0 } : { by: 'percent', percent: from, anchor: 'start' }
}

function alignOf(text: string, isRtl: boolean): CuePosition['align'] {
  if (text === 'left' || text === 'right') return text
  if (text === 'start' || text === 'justify') return isRtl ? 'right' : 'left'
  if (text === 'end') return isRtl ? 'left' : 'right'
  return 'center'
}

const LENGTH = /^(-?\d{1,6}(?:\.\d{1,20})?)(%|px|c|vw|vh|rw|rh)$/

/** Two lengths in per cent of the picture; null: they are not two that have a meaning here. */
function lengths(text: string | undefined, picture: TtmlPicture): [number, number] | null {
  const parts = (text ?? '').trim().split(/\s+/)
  const [across, down] = parts.map((part, axis) => percentOf(part, picture, axis === 0))
  return parts.length === 2 && typeof across === 'number' && typeof down === 'number' ? [across, down] : null
}

function percentOf(
  text: string,
  { widthPx, heightPx, columns, rows }: TtmlPicture,
  isAcross: boolean,
): number | null {
  const [, digits, unit] = LENGTH.exec(text) ?? []
  if (digits === undefined) return null
  if (unit === 'c') return (Number(digits) / (isAcross ? columns : rows)) * 100
  if (unit !== 'px') return Number(digits)
  const side = isAcross ? widthPx : heightPx
  return side && (Number(digits) / side) * 100
}
