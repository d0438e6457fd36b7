import Joi from 'joi'
import { shape, text } from './wire.js'

export const warningsSchema = () =>
  Joi.array()
    .items(shape({ code: text('Stable'), message: text('For people') }))
    .description('What the client should know about the result. The codes are stable')
