import { nitsToPq } from './hdr-light.js'

/** Reference white of high dynamic range in cd/m²: HLG 75 %, PQ 58 % (ITU-R BT.2408, table 1). */
const WHITE_NITS = 203

/** The sample of standard range that reference white becomes, of 1. The rest is for highlights. */
const WHITE_SAMPLE = 235 / 255

/** Below this, light is only scaled. */
const KNEE_NITS = 100

/** Puts 18 % grey, which is 26 cd/m² in BT.2408, at 104 of 255; BT.2408 has 42.5 % for it, with white at the very top. */
const GAIN = 0.9

/** A picture that gets no brighter is treated as if it got so bright: highlights then have room enough. */
const MIN_PEAK_NITS = 400

/** Gamma of a display of standard range (ITU-R BT.1886). */
const DISPLAY_GAMMA = 2.4

/**
 * The curve from light in cd/m² to light of standard range, 0 to 1. It has the form of the EETF in ITU-R BT.2390, clause
 * 5.4: straight up to a knee, then a Hermite spline over PQ samples. In addition it passes through reference
 * white, so that white and skin look the same whatever the peak is.
 */
export function toneCurve(peakNits: number): (nits: number) => number {
  const peak = Math.max(MIN_PEAK_NITS, peakNits)
  const [knee, white, end] = [point(KNEE_NITS), nitsToPq(WHITE_NITS), nitsToPq(peak)]
  const shoulder = rise(knee, { at: white, sample: WHITE_SAMPLE })
  const highlights = rise({ at: white, sample: WHITE_SAMPLE }, { at: end, sample: 1 })
  // The harmonic mean of both sides keeps the spline from overshooting (Fritsch and Butland).
  const whiteSlope = 2 / (1 / shoulder + 1 / highlights)
  const below = { at: knee.at, sample: knee.sample, slope: knee.slope }
  const middle = { at: white, sample: WHITE_SAMPLE, slope: whiteSlope }
  const above = { at: end, sample: 1, slope: highlights / 2 }
  return (nits) => {
    if (nits <= KNEE_NITS) return scaled(nits)
    if (nits >= peak) return 1
    const at = nitsToPq(nits)
    return (at < white ? hermite(below, middle, at) : hermite(middle, above, at)) ** DISPLAY_GAMMA
  }
}

/** The sample that shows light of standard range. */
export function displaySample(light: number): number {
  return light ** (1 / DISPLAY_GAMMA)
}

interface Knot {
  /** PQ sample. */
  readonly at: number
  readonly sample: number
}

interface Sloped extends Knot {
  readonly slope: number
}

function scaled(nits: number): number {
  return (GAIN * nits) / WHITE_NITS
}

/** A point of the straight part and its slope there. */
function point(nits: number): Sloped {
  const step = 0.01
  const near = (factor: number): Knot => ({
    at: nitsToPq(nits * factor),
    sample: displaySample(scaled(nits * factor)),
  })
  return { ...near(1), slope: rise(near(1 - step), near(1 + step)) }
}

function rise(from: Knot, to: Knot): number {
  return (to.sample - from.sample) / (to.at - from.at)
}

function hermite(from: Sloped, to: Sloped, at: number): number {
  const width = to.at - from.at
  const t = (at - from.at) / width
  const [t2, t3] = [t * t, t * t * t]
  return (
    (2 * t3 - 3 * t2 + 1) * from.sample +
    (t3 - 2 * t2 + t) * width * from.slope +
    (3 * t2 - 2 * t3) * to.sample +
    (t3 - t2) * width * to.slope
  )
}
