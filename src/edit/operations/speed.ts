import Joi from 'joi'
import { type TimeStretch, timeStretchFields } from '../fields/common.js'

/** Plays the material, or a stretch of it, faster or slower. */
export interface SpeedOperation extends TimeStretch {
  readonly type: 'speed'
  /** 2 plays twice as fast. The pitch is kept. */
  readonly factor: number
}

/** The fields of `speed` without `type`. */
export const speedFields = {
  factor: Joi.number()
    .min(0.1)
    .max(16)
    .required()
    .description('2 plays twice as fast, 0.5 at half the speed; the sound keeps its pitch'),
  ...timeStretchFields,
}
