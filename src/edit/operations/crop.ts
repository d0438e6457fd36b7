import { pixels } from '../fields/common.js'

/** Keeps a part of the picture. */
export interface CropOperation {
  readonly type: 'crop'
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Top left corner of the part; null: in the middle. */
  readonly x: number | null
  readonly y: number | null
}

/** The fields of `crop` without `type`. */
export const cropFields = {
  width: pixels().required().description('Width of the part, in pixels'),
  height: pixels().required().description('Height of the part, in pixels'),
  x: pixels().min(0).allow(null).default(null).description('Left edge of the part; null: in the middle'),
  y: pixels().min(0).allow(null).default(null).description('Top edge of the part; null: in the middle'),
}
