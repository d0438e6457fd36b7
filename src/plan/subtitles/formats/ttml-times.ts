/** How a TTML document counts (https://www.w3.org/TR/ttml2/#parameter-attribute-vocabulary). */
export interface TtmlClock {
  /** Frames per second, of `00:00:01:12` and `36f`. */
  readonly frameRate: number
  /** Ticks per second, of `45000t`. */
  readonly tickRate: number
}

const DEFAULT_FRAME_RATE = 30

/** The clock that the attributes of the root state. */
export function clockOf(attributes: ReadonlyMap<string, string>): TtmlClock {
  const [num = 1, den = 1] = (attributes.get('frameRateMultiplier') ?? '').split(/[ :]/).map(positive)
  const stated = positive(attributes.get('frameRate') ?? '')
  const frameRate = ((stated ?? DEFAULT_FRAME_RATE) * (num ?? 1)) / (den ?? 1)
  const subFrames = positive(attributes.get('subFrameRate') ?? '') ?? 1
  return {
    frameRate,
    tickRate: positive(attributes.get('tickRate') ?? '') ?? (stated ? frameRate * subFrames : 1),
  }
}

function positive(text: string): number | null {
  const number = /^\d{1,12}(?:\.\d{1,9})?$/.test(text) ? Number(text) : 0
  return number > 0 ? number : null
}

const CLOCK_TIME = /^(\d{1,4}):(\d{1,2}):(\d{1,2})(?:[.,](\d{1,20})|[:;](\d{1,3})(?:\.\d{1,3})?)?$/
const OFFSET_TIME = /^(\d{1,15})(?:\.(\d{1,20}))?(h|m|s|ms|f|t)?$/

/** Milliseconds of a time (https://www.w3.org/TR/ttml2/#timing-value-time-expression); null: it is not one. */
export function timeOf(text: string, { frameRate, tickRate }: TtmlClock): number | null {
  const trimmed = text.length > 60 ? '' : text.trim()
  const clock = CLOCK_TIME.exec(trimmed)
  if (clock) {
    const [hours = 0, minutes = 0, seconds = 0] = clock.slice(1, 4).map(Number)
    const fraction = clock[4] ? Number(`0.${clock[4]}`) : Number(clock[5] ?? 0) / frameRate
    return ((hours * 60 + minutes) * 60 + seconds + fraction) * 1000
  }
  const [, whole, fraction = '0', unit = 's'] = OFFSET_TIME.exec(trimmed) ?? []
  if (whole === undefined) return null
  const second = { h: 3600, m: 60, s: 1, ms: 0.001, f: 1 / frameRate, t: 1 / tickRate }[unit] ?? 1
  return Number(`${whole}.${fraction}`) * second * 1000
}
