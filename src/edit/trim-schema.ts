import Joi from 'joi'
import { laterThanStart, seconds } from './common-schema.js'
import { LIMITS } from './limits.js'

const stretch = {
  start_time: seconds().required().description('First moment to keep, in seconds'),
  end_time: laterThanStart().required().description('First moment not to keep, in seconds'),
}

const mode = Joi.string()
  .valid('exact', 'smart', 'keyframe')
  .allow(null)
  .default(null)
  .description(
    'How to cut: `exact`, all is coded anew; `smart`, as exact, but whole groups of frames are copied as they are; ' +
      '`keyframe`, all is copied, from the key frame before each start to the one after each end; null: `smart` ' +
      'where that can be done, else `exact`',
  )

const parts = () =>
  Joi.array()
    .items(
      Joi.object({
        start_time: stretch.start_time.description('First moment of the part, in seconds'),
        end_time: stretch.end_time.description('First moment after it, in seconds'),
      }),
    )
    .min(1)
    .max(LIMITS.trimParts)
    .required()

/** A trim that keeps one stretch. */
export const trimFields = { ...stretch, mode }

const type = Joi.string().valid('trim').required()
const keptParts = { segments: parts().description('Parts to keep, ascending; joined in order'), mode }
const removedParts = { remove: parts().description('Parts to cut out, ascending'), mode }

/** A trim in one of its three forms. */
export const trimOperationSchema = Joi.alternatives()
  .conditional('.segments', { is: Joi.exist(), then: Joi.object({ type, ...keptParts }) })
  .conditional('.remove', {
    is: Joi.exist(),
    then: Joi.object({ type, ...removedParts }),
    otherwise: Joi.object({ type, ...trimFields }),
  })
