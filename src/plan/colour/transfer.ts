/** A transfer function between samples and linear light, both from 0 to 1. */
export interface Curve {
  readonly toLight: (sample: number) => number
  readonly toSample: (light: number) => number
}

/** ITU-R BT.709, clause 1.2; BT.601 and BT.2020 have the same. */
const CAMERA: Curve = {
  toLight: (sample) => (sample < 0.081 ? sample / 4.5 : ((sample + 0.099) / 1.099) ** (1 / 0.45)),
  toSample: (light) => (light < 0.018 ? light * 4.5 : 1.099 * light ** 0.45 - 0.099),
}

/** IEC 61966-2-1. */
const SRGB: Curve = {
  toLight: (sample) => (sample <= 0.04045 ? sample / 12.92 : ((sample + 0.055) / 1.055) ** 2.4),
  toSample: (light) => (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055),
}

const LINEAR: Curve = { toLight: (sample) => sample, toSample: (light) => light }

/** Transfer functions of standard range by ffmpeg's names, where they are not the camera's. */
const CURVES: Readonly<Record<string, Curve>> = {
  'iec61966-2-1': SRGB,
  bt470m: gamma(2.2),
  bt470bg: gamma(2.8),
  linear: LINEAR,
}

/** The curve of a transfer function of standard range. One that is not known is read as that of BT.709. */
export function curveOf(transfer: string): Curve {
  const exponent = gammaOf(transfer)
  return exponent === null ? (CURVES[transfer] ?? CAMERA) : gamma(exponent)
}

/** The curve in which samples of a transfer function stay: its own, or that of sRGB for a gamma. */
export function keptCurve(transfer: string): Curve {
  const curve = curveOf(transfer)
  return curve === CAMERA ? CAMERA : SRGB
}

/**
 * Whether samples mean another brightness than those of BT.709 and sRGB. These two, and a gamma of 2.2, are shown alike
 * by players and browsers, so their samples stay as they are.
 */
export function isOtherGamma(transfer: string): boolean {
  if (transfer === 'linear' || transfer === 'bt470bg') return true
  return Math.abs((gammaOf(transfer) ?? 2.2) - 2.2) > 0.15
}

/** The exponent of `gamma1.8`; null: the name is another. */
function gammaOf(transfer: string): number | null {
  const exponent = Number(/^gamma(\d(?:\.\d+)?)$/.exec(transfer)?.[1] ?? NaN)
  return exponent > 0 ? exponent : null
}

function gamma(exponent: number): Curve {
  return { toLight: (sample) => sample ** exponent, toSample: (light) => light ** (1 / exponent) }
}
