import Joi from 'joi'
import { type TimeStretch, timeStretchFields } from '../fields/common.js'

/** Makes the sound, or a stretch of it, louder or quieter. */
export interface VolumeOperation extends TimeStretch {
  readonly type: 'volume'
  /** Gain in decibels. */
  readonly gain_db: number
}

/** The fields of `volume` without `type`. */
export const volumeFields = {
  gain_db: Joi.number().min(-60).max(20).required().description('Gain in decibels'),
  ...timeStretchFields,
}
