import Joi from 'joi'
import { colorSchema } from '../fields/color.js'
import { pixels } from '../fields/common.js'

/** Puts the picture on a larger one. */
export interface PadOperation {
  readonly type: 'pad'
  /** Pixels of the new picture. */
  readonly width: number
  readonly height: number
  /** `blur`: the picture itself, enlarged to cover the new one, and blurred. */
  readonly background: 'color' | 'blur'
  readonly color: string
}

/** The fields of `pad` without `type`. */
export const padFields = {
  width: pixels().required().description('Width of the new picture, in pixels'),
  height: pixels().required().description('Height of the new picture, in pixels'),
  background: Joi.string()
    .valid('color', 'blur')
    .default('color')
    .description('`color`: the field `color`; `blur`: the picture itself, enlarged and blurred'),
  color: colorSchema().default('black').description('Colour around the picture'),
}
