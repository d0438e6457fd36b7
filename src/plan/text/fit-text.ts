import type { TextFit } from '../../edit/fields/text.js'
import { BREAK, breakWords, type Column, wrapLines } from './break-words.js'
import type { Font } from './fonts.js'
import { graphemesOf } from './graphemes.js'
import { widthOf } from './text-width.js'

/** A text and the room that it has. Lengths are pixels. */
export interface FitRequest {
  /** As `plainText` gives it. */
  readonly text: string
  readonly font: Font
  readonly isBold: boolean
  readonly sizePx: number
  /** Width of its lines; null: no line is broken. */
  readonly widthPx: number | null
  readonly fit: TextFit
  /** How many lines are wanted at most at a size; of `wrap` it takes as many as it needs. */
  readonly maxLines: (sizePx: number) => number
}

/** A text as it is set in its room. */
export interface Fitted {
  /** With places to break in words that are wider than the lines. */
  readonly text: string
  readonly sizePx: number
  readonly lines: readonly string[]
}

export function fitText(request: FitRequest): Fitted {
  const { text, fit, widthPx, sizePx } = request
  if (widthPx === null) return { text, sizePx, lines: text.split('\n') }
  switch (fit) {
    case 'wrap':
      return wrap(request, sizePx)
    case 'shrink':
      return wrap(request, largestSize(request))
    case 'ellipsis':
      return cut(request, widthPx)
  }
}

function columnOf({ font, isBold, widthPx }: FitRequest, sizePx: number): Column {
  return { width: (widthPx ?? 0) / sizePx, font, isBold, lines: MOST_LINES }
}

/** More fit on no picture. */
const MOST_LINES = 1000

function wrap(request: FitRequest, sizePx: number): Fitted {
  const column = columnOf(request, sizePx)
  const text = breakWords(request.text, column)
  return { text, sizePx, lines: wrapLines(text, column) }
}

/** The largest size, up to that which was asked for, at which no word is broken and no line is too many. */
function largestSize(request: FitRequest): number {
  const fits = (sizePx: number) => {
    const column = columnOf(request, sizePx)
    const lines = wrapLines(request.text, column)
    return (
      lines.length <= request.maxLines(sizePx) &&
      lines.every((line) => widthOf(line.trimEnd(), column.font, column.isBold) <= column.width)
    )
  }
  let [low, high] = [1, request.sizePx]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle - 1
  }
  return low
}

const ELLIPSIS = '…'

/** Leaves out what is behind the last line, and so much of that that there is room for the sign of it. */
function cut(request: FitRequest, widthPx: number): Fitted {
  const { sizePx, font, isBold, maxLines } = request
  const whole = wrap(request, sizePx)
  const most = maxLines(sizePx)
  if (whole.lines.length <= most) return whole
  const kept = whole.lines.slice(0, most)
  const fits = (line: string) => widthOf(line + ELLIPSIS, font, isBold) * sizePx <= widthPx
  const graphemes = [...graphemesOf(kept.at(-1) ?? '')]
  while (graphemes.length > 0 && !fits(graphemes.join('').trimEnd())) graphemes.pop()
  const last = graphemes.join('').replaceAll(BREAK, '').trimEnd() + ELLIPSIS
  const lines = [...kept.slice(0, -1).map((line) => line.trimEnd()), last]
  return { text: lines.join('\n'), sizePx, lines }
}
