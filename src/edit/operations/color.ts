import Joi from 'joi'

export interface ColorOperation {
  readonly type: 'color'
  /** −1 to 1; 0 changes nothing. */
  readonly brightness: number
  /** 0 to 2; 1 changes nothing. */
  readonly contrast: number
  /** 0 (gray) to 3; 1 changes nothing. */
  readonly saturation: number
}

/** The fields of `color` without `type`. */
export const colorFields = {
  brightness: Joi.number()
    .min(-1)
    .max(1)
    .default(0)
    .description('-1 is darker, 1 brighter; 0 changes nothing'),
  contrast: Joi.number().min(0).max(2).default(1).description('0 is flat, 2 strong; 1 changes nothing'),
  saturation: Joi.number().min(0).max(3).default(1).description('0 is gray, 3 vivid; 1 changes nothing'),
}
