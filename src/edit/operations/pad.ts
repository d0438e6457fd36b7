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
  width: pixels().required(),
  height: pixels().required(),
  background: Joi.string().valid('color', 'blur').default('color'),
  color: colorSchema().default('black'),
}
