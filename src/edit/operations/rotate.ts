import Joi from 'joi'

export interface RotateOperation {
  readonly type: 'rotate'
  /** Degrees clockwise. */
  readonly angle: 90 | 180 | 270
}

/** The fields of `rotate` without `type`. */
export const rotateFields = {
  angle: Joi.number().valid(90, 180, 270).required().description('Degrees clockwise'),
}
