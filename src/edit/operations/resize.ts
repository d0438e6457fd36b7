import Joi from 'joi'
import { pixels } from '../fields/common.js'

export interface ResizeOperation {
  readonly type: 'resize'
  /** Pixels; null: as the other side and the aspect ratio have it. */
  readonly width: number | null
  readonly height: number | null
  /** `fit`: the whole picture within the box; `fill`: the box filled, what juts out cut; `stretch`: as asked. */
  readonly fit: 'fit' | 'fill' | 'stretch'
}

/** The fields of `resize` beside its `type`. */
export const resizeFields = {
  width: pixels().allow(null).default(null).description('null: as height and the aspect ratio have it'),
  height: pixels().allow(null).default(null).description('null: as width and the aspect ratio have it'),
  fit: Joi.string().valid('fit', 'fill', 'stretch').default('fit'),
}
