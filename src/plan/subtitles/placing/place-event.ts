import { formatNumber } from '../../graph/format-number.js'
import type { Page } from './page.js'
import type { PlacedCue } from './place-cues.js'

/** The fields and the overrides that put an ASS event where a cue was placed. */
export interface EventPlace {
  readonly marginLeft: number
  readonly marginRight: number
  readonly marginVertical: number
  readonly overrides: string
}

/** Numbered like the keys of a numeric keypad. */
const ROWS = { top: 7, middle: 4, bottom: 1 } as const
const COLUMNS = { left: 0, center: 1, right: 2 } as const

/**
 * Horizontal cues are placed by margins, and not by `\pos`: should letters take more room than was thought, libass
 * keeps events without `\pos` clear of each other.
 */
export function eventPlace(
  { place, align, column }: PlacedCue,
  { width }: Pick<Page, 'width'>,
  family: string,
): EventPlace {
  const [from, until] = [Math.round(column.from), Math.round(column.until)]
  const lines = { marginLeft: from, marginRight: width - until, marginVertical: 0 }
  const key = (row: keyof typeof ROWS) => String.raw`\an${ROWS[row] + COLUMNS[align]}`
  const along = { left: from, center: (from + until) / 2, right: until }[align]
  switch (place.from) {
    case 'middle':
      return { ...lines, overrides: key('middle') }
    case 'top':
    case 'bottom':
      // Rounded away from the edge, so that rounding never makes cues overlap.
      return { ...lines, marginVertical: Math.ceil(place.distance - 0.001), overrides: key(place.from) }
    case 'region': {
      const { clip, bottom } = place
      const sides = [clip.x.from, clip.y.from, clip.x.until, clip.y.until].map(Math.round).join(',')
      const at = `${formatNumber(along)},${formatNumber(bottom)}`
      return { ...lines, overrides: String.raw`${key('bottom')}\pos(${at})\clip(${sides})` }
    }
    case 'right': {
      // Turned by a quarter, a text runs downwards, and its next line is to the left. A font whose name begins with @
      // has its letters of East Asia turned back.
      const at = `${formatNumber(place.x)},${formatNumber(along)}`
      const overrides = String.raw`${key('top')}\pos(${at})\frz-90\fn@${family}`
      return { marginLeft: 0, marginRight: width - (until - from), marginVertical: 0, overrides }
    }
  }
}
