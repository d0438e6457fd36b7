import type { AnimationContainer } from '../../edit/output/formats.js'
import { assertNever } from '../../errors.js'
import { rational, toNumber } from '../frames/rational.js'
import type { Rational } from '../model/facts.js'

/** Rates that NTSC lowers by a thousandth: 29.97 stands for 30000/1001. */
const NTSC = [24, 30, 48, 60, 120, 240]

/** The exact frame rate that a decimal number stands for, to a thousandth. */
export function frameRateOf(framesPerSecond: number): Rational {
  const whole = NTSC.find((rate) => Math.abs((rate * 1000) / 1001 - framesPerSecond) < 0.005)
  return whole ? { num: whole * 1000, den: 1001 } : rational(Math.round(framesPerSecond * 1000), 1000)
}

/** Frames per second of an animation at most, unless a rate is asked for. */
const ANIMATION_RATE = 25

/** Browsers play GIFs with more frames per second at 10: https://wunkolo.github.io/post/2020/02/buttery-smooth-10fps/ */
const MAX_GIF_RATE = 50

/**
 * The fastest rate up to the wanted one whose frames are equally long: GIF counts in hundredths of a second. 33.33 stands
 * for 100/3.
 */
function gifRate(wanted: number): Rational {
  return rational(100, Math.ceil(100 / Math.min(wanted, MAX_GIF_RATE) - 0.01))
}

/** @param asked frames per second; null: the material's own, but no more than usual for animations */
export function animationRate(format: AnimationContainer, asked: number | null, own: Rational): Rational {
  const wanted = asked ?? Math.min(toNumber(own), ANIMATION_RATE)
  switch (format) {
    case 'gif':
      return gifRate(wanted)
    case 'webp':
      return asked === null && toNumber(own) <= ANIMATION_RATE ? own : frameRateOf(wanted)
    default:
      return assertNever(format)
  }
}
