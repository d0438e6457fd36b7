import Joi from 'joi'

export interface SpeedOperation {
  readonly type: 'speed'
  /** 2 plays twice as fast. The pitch is kept. */
  readonly factor: number
}

/** The fields of `speed` without `type`. */
export const speedFields = { factor: Joi.number().min(0.25).max(4).required() }
