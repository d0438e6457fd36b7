import type { ColourMap } from '../model/colour-map.js'
import { HLG_PEAK_NITS, hlgToNits, nitsToHlg, nitsToPq, pqToNits } from './hdr-light.js'
import { apply, primariesMatrix } from './primaries.js'
import { displaySample, toneCurve } from './tone-curve.js'
import { curveOf, keptCurve } from './transfer.js'

export type Rgb = readonly [red: number, green: number, blue: number]

const PQ = 'smpte2084'
const HLG = 'arib-std-b67'

export function isHdrTransfer(transfer: string | null): boolean {
  return transfer === PQ || transfer === HLG
}

/** The peak of a picture in PQ that does not say how bright it gets, in cd/m². */
const USUAL_PEAK_NITS = 1000

/** The function of a map from samples to samples, all from 0 to 1. */
export function mapColour(map: ColourMap): (samples: Rgb) => Rgb {
  if (!isHdrTransfer(map.from.transfer)) return standardColours(map)
  return isHdrTransfer(map.to.transfer) ? brightColours(map) : toneMapped(map)
}

/**
 * Between colours of standard range. What lies outside the target's gamut is clipped, as players do it. Samples keep
 * the curve of cameras; others get that of sRGB.
 */
function standardColours({ from, to }: ColourMap): (samples: Rgb) => Rgb {
  const { toLight } = curveOf(from.transfer)
  const { toSample } = keptCurve(from.transfer)
  const matrix = primariesMatrix(from.primaries, to.primaries)
  return (samples) => each(apply(matrix, each(samples, toLight)), (light) => toSample(clip(light)))
}

/** Between primaries in the same high dynamic range. */
function brightColours({ from, to }: ColourMap): (samples: Rgb) => Rgb {
  const matrix = primariesMatrix(from.primaries, to.primaries)
  const isPq = from.transfer === PQ
  return (samples) => {
    const nits = isPq ? each(samples, pqToNits) : hlgToNits(samples)
    const shown = each(apply(matrix, nits), (light) => Math.max(0, light))
    return each(isPq ? each(shown, nitsToPq) : nitsToHlg(shown), clip)
  }
}

/**
 * From high dynamic range to the standard one. All three channels are scaled by what the brightest one needs
 * (ITU-R BT.2408, annex 5), so that a bright colour keeps its hue. What the smaller gamut then lacks is darkened,
 * not clipped.
 */
function toneMapped({ from, to, peakNits = USUAL_PEAK_NITS }: ColourMap): (samples: Rgb) => Rgb {
  const matrix = primariesMatrix(from.primaries, to.primaries)
  const isPq = from.transfer === PQ
  const tone = toneCurve(isPq ? peakNits : HLG_PEAK_NITS)
  return (samples) => {
    const nits = isPq ? each(samples, pqToNits) : hlgToNits(samples)
    const brightest = Math.max(...nits)
    const gain = brightest > 0 ? tone(brightest) / brightest : 0
    const light = each(apply(matrix, nits), (value) => Math.max(0, value * gain))
    const excess = Math.max(1, ...light)
    return each(light, (value) => displaySample(value / excess))
  }
}

function each([red, green, blue]: Rgb, change: (value: number) => number): Rgb {
  return [change(red), change(green), change(blue)]
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value))
}
