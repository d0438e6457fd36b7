import { pixels, windowFields } from '../fields/common.js'

/** Makes a part of the picture unrecognisable for some time. */
export interface BlurOperation {
  readonly type: 'blur'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Pixels on each side that are blurred together. */
  readonly radius: number
  readonly start_time: number
  readonly end_time: number | null
}

/** The fields of `blur` without `type`. */
export const blurFields = {
  x: pixels().min(0).required().description('Left edge of the part, in pixels'),
  y: pixels().min(0).required().description('Top edge of the part, in pixels'),
  width: pixels().required().description('Width of the part, in pixels'),
  height: pixels().required().description('Height of the part, in pixels'),
  radius: pixels(200).default(20).description('Pixels on each side that are blurred together'),
  ...windowFields,
}
