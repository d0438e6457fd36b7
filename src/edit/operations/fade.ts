import Joi from 'joi'
import { colorSchema } from '../fields/color.js'
import { seconds } from '../fields/common.js'

/** Fades in from, and out to, a colour and silence. */
export interface FadeOperation {
  readonly type: 'fade'
  /** Seconds at the start and at the end; 0: no fade. */
  readonly in: number
  readonly out: number
  readonly target: 'both' | 'video' | 'audio'
  /** Colour from and to which the picture fades. */
  readonly color: string
}

/** The fields of `fade` without `type`. */
export const fadeFields = {
  in: seconds().default(0).description('Seconds of the fade-in at the start'),
  out: seconds().default(0).description('Seconds of the fade-out at the end'),
  target: Joi.string().valid('both', 'video', 'audio').default('both').description('What is faded'),
  color: colorSchema().default('black').description('Colour from and to which the picture fades'),
}
