import Joi from 'joi'
import { ERRORS } from '../../errors.js'

/** The code of a failure in an answer. */
export const failureCodeSchema = Joi.string()
  .valid(...Object.keys(ERRORS))
  .allow(null)
  .description(
    'Stable code of the failure; `GET /problems/<code>` explains it. null: nothing has failed. More codes may be added',
  )
