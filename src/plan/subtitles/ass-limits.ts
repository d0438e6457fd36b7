import { LIMITS } from '../../edit/limits.js'
import { splitBlocks } from './formats/override-blocks.js'
import { SubtitleFault } from './subtitle-fault.js'

/**
 * The picture size that a file may state, in pixels. Like all limits here, it keeps libass from taking
 * gigabytes or minutes: a drawing or a letter far larger than the picture is kept as one bitmap, however little
 * of it is seen.
 */
const PLAY_RES = { min: 100, max: 8192 } as const

/** The picture size that libass assumes when a file states none. */
const DEFAULT_PLAY_RES = 384

/** The largest scale of letters, in per cent. */
const MAX_SCALE = 1000

/** The largest outline, shadow or blur, in pixels. */
const MAX_EDGE = 200

/** Sides of the picture that a letter may be high, and that a drawing may reach from the origin. */
const MAX_PICTURES = 2

/** The largest gap between letters, in pixels. */
const MAX_SPACING = 1000

/** Characters of an event, with its overrides. */
const MAX_EVENT_LENGTH = 2 * LIMITS.textLength

/**
 * Checks a line of `[Script Info]`.
 * @throws SubtitleFault
 */
export function checkInfo(name: string, value: string, line: number): void {
  if (name !== 'playresx' && name !== 'playresy') return
  const pixels = Number(value)
  if (Number.isInteger(pixels) && pixels >= PLAY_RES.min && pixels <= PLAY_RES.max) return
  throw new SubtitleFault(line, `has a picture size that is not between ${PLAY_RES.min} and ${PLAY_RES.max}`)
}

/**
 * Checks a line `Style:`.
 * @param before lines of the styles so far, with their format
 * @throws SubtitleFault
 */
export function checkStyle(value: string, before: readonly string[], line: number): void {
  const format = before.find((text) => /^format:/i.test(text))?.replace(/^format:/i, '')
  if (!format) throw new SubtitleFault(line, 'has a style before the format of styles')
  const values = value.split(',').map((text) => text.trim())
  format.split(',').forEach((field, index) => {
    const limit = STYLE_LIMITS[field.trim().toLowerCase()]
    const number = Math.abs(Number(values[index] ?? 0))
    if (limit !== undefined && !(number <= limit)) {
      throw new SubtitleFault(line, `has a style whose ${field.trim()} is not a number up to ${limit}`)
    }
  })
}

const STYLE_LIMITS: Readonly<Record<string, number>> = {
  fontsize: PLAY_RES.max,
  scalex: MAX_SCALE,
  scaley: MAX_SCALE,
  outline: MAX_EDGE,
  shadow: MAX_EDGE,
  spacing: MAX_SPACING,
}

/**
 * Checks the text of an event.
 * @param info lines of `[Script Info]`
 * @throws SubtitleFault
 */
export function checkEvent(text: string, info: readonly string[]): void {
  const most = MAX_PICTURES * pictureSide(info)
  const limits: readonly [tags: string, limit: number, what: string][] = [
    ['fs', most, 'letters'],
    ['fsc[xy]', MAX_SCALE, 'a scale'],
    ['fsp', MAX_SPACING, 'gaps'],
    ['(?:[xy]?(?:bord|shad)|blur|be)', MAX_EDGE, 'an outline, shadow or blur'],
  ]
  if (text.length > MAX_EVENT_LENGTH) {
    throw new SubtitleFault(null, `has an event of more than ${MAX_EVENT_LENGTH} characters`)
  }
  for (const [tags, limit, what] of limits) {
    for (const [, number] of text.matchAll(new RegExp(`\\\\${tags}\\s*(?:\\(\\s*)?([+-]?[\\d.]+)`, 'g'))) {
      if (Math.abs(Number(number)) > limit) {
        throw new SubtitleFault(null, `has ${what} of more than ${limit}`)
      }
    }
  }
  checkShapes(text, most)
}

/** Checks drawings, and the shapes of clips, by the largest number in them. */
function checkShapes(text: string, most: number): void {
  const drawings = /\\p\s*(?:\(\s*)?[1-9]/.test(text) ? textBetween(text) : ''
  const clips = [...text.matchAll(/\\i?clip\s*\(([^)]*)/g)].map(([, shape]) => shape).join(' ')
  const scales = [...text.matchAll(/\\fsc[xy]\s*(?:\(\s*)?([\d.]+)/g)].map(
    ([, percent]) => Number(percent) / 100,
  )
  for (const [number] of `${drawings} ${clips}`.matchAll(/[\d.]+/g)) {
    if (Number(number) * Math.max(1, ...scales) > most) {
      throw new SubtitleFault(null, `has a drawing that reaches beyond ${most}`)
    }
  }
}

function textBetween(text: string): string {
  return splitBlocks(text)
    .map((run) => (run.isBlock ? ' ' : run.text))
    .join('')
}

function pictureSide(info: readonly string[]): number {
  const sides = info.flatMap((line) => Number(/^playres[xy]:\s*(\d+)/i.exec(line)?.[1] ?? []))
  return Math.max(DEFAULT_PLAY_RES, ...sides)
}
