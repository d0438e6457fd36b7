import Joi from 'joi'

export interface VolumeOperation {
  readonly type: 'volume'
  /** Gain in decibels. */
  readonly gain_db: number
}

/** The fields of `volume` without `type`. */
export const volumeFields = {
  gain_db: Joi.number().min(-60).max(20).required().description('Gain in decibels'),
}
