import type { Rational } from '../model/facts.js'

export function rational(num: number, den: number): Rational {
  const divisor = greatestCommonDivisor(Math.abs(num), Math.abs(den)) || 1
  return { num: num / divisor, den: den / divisor }
}

export function toNumber({ num, den }: Rational): number {
  return num / den
}

/** `30000/1001`, as ffmpeg's options take it. */
export function formatRational({ num, den }: Rational): string {
  return `${num}/${den}`
}

/** Length of a number of frames in seconds. */
export function framesToSec(frames: number, rate: Rational): number {
  return (frames * rate.den) / rate.num
}

/** The frame boundary that is nearest to a moment: cuts snap to it. */
export function nearestFrame(sec: number, rate: Rational): number {
  return Math.round((sec * rate.num) / rate.den)
}

/**
 * The first frame that starts at or after a moment: a frame belongs to a window [start, end) by its own start.
 * A tolerance of a thousandth of a frame allows for decimals like 0.041667 for 1/24.
 */
export function firstFrameFrom(sec: number, rate: Rational): number {
  return Math.max(0, Math.ceil((sec * rate.num) / rate.den - 1e-3))
}

/** The last frame that starts at or before a moment, with the same tolerance. */
export function lastFrameUntil(sec: number, rate: Rational): number {
  return Math.max(0, Math.floor((sec * rate.num) / rate.den + 1e-3))
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
