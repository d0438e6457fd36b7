import Joi from 'joi'
import { colorSchema } from '../fields/color.js'
import { seconds } from '../fields/common.js'

/** From and to a colour and silence. */
export interface FadeOperation {
  readonly type: 'fade'
  /** Seconds at the start and at the end; 0: none. */
  readonly in: number
  readonly out: number
  readonly target: 'both' | 'video' | 'audio'
  /** Of the picture. */
  readonly color: string
}

/** The fields of `fade` beside its `type`. */
export const fadeFields = {
  in: seconds().default(0).description('Seconds at the start'),
  out: seconds().default(0).description('Seconds at the end'),
  target: Joi.string().valid('both', 'video', 'audio').default('both').description('What is faded'),
  color: colorSchema().default('black').description('What the picture comes from and goes to'),
}
