import Joi from 'joi'

export interface VolumeOperation {
  readonly type: 'volume'
  /** Decibels. */
  readonly gain_db: number
}

/** The fields of `volume` beside its `type`. */
export const volumeFields = { gain_db: Joi.number().min(-60).max(20).required().description('Decibels') }
