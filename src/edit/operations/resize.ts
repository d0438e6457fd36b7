import Joi from 'joi'
import { pixels } from '../fields/common.js'

export interface ResizeOperation {
  readonly type: 'resize'
  /** Pixels; null: by the other side and the aspect ratio. */
  readonly width: number | null
  readonly height: number | null
  /** `fit`: the whole picture within the box; `fill`: the box filled, what juts out cut; `stretch`: distorted. */
  readonly fit: 'fit' | 'fill' | 'stretch'
}

/** The fields of `resize` without `type`. */
export const resizeFields = {
  width: pixels().allow(null).default(null).description('Pixels; null: by height and the aspect ratio'),
  height: pixels().allow(null).default(null).description('Pixels; null: by width and the aspect ratio'),
  fit: Joi.string()
    .valid('fit', 'fill', 'stretch')
    .default('fit')
    .description(
      '`fit`: the whole picture within the box; `fill`: the box filled, what juts out cut; `stretch`: distorted',
    ),
}
