import { rational, toNumber } from '../../plan/frames/rational.js'
import type { Rational, Rotation } from '../../plan/model/facts.js'
import type { Size } from '../../plan/model/size.js'

/** Size with square pixels. The picture is enlarged in one direction and never shrunk, so no pixel is lost. */
export function displayedSize(coded: Size, sampleAspect: Rational, rotation: Rotation): Size {
  const ratio = toNumber(sampleAspect)
  const width = ratio > 1 ? Math.round(coded.width * ratio) : coded.width
  const height = ratio < 1 ? Math.round(coded.height / ratio) : coded.height
  return rotation === 90 || rotation === 270 ? { width: height, height: width } : { width, height }
}

/** The shape of a pixel as ffprobe prints it, `64:45`; square where it says nothing. */
export function aspect(text: string | undefined): Rational {
  return fraction(text, ':') ?? { num: 1, den: 1 }
}

/** A positive fraction; null: the text is none. */
export function fraction(text: string | undefined, separator: string): Rational | null {
  const [num = 0, den = 0] = (text ?? '').split(separator).map(Number)
  return num > 0 && den > 0 ? rational(num, den) : null
}
