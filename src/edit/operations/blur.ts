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
  x: pixels().min(0).required(),
  y: pixels().min(0).required(),
  width: pixels().required(),
  height: pixels().required(),
  radius: pixels(200).default(20).description('Pixels on each side that are blurred together'),
  ...windowFields,
}
