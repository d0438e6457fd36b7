import Joi from 'joi'
import { laterThanStart, seconds } from '../fields/common.js'
import { LIMITS } from '../limits.js'

/**
 * `exact`: all is coded anew. `smart`: whole groups of frames are copied, and only those at the cuts coded anew.
 * `keyframe`: all is copied, from key frame to key frame. null: `smart` where that is possible.
 */
export type TrimMode = 'exact' | 'smart' | 'keyframe'

export type TrimOperation = StretchTrim | SegmentsTrim | RemoveTrim

/** Keeps one stretch. */
export interface StretchTrim extends Stretch {
  readonly type: 'trim'
  readonly mode: TrimMode | null
}

/** Keeps several parts, ascending, and joins them in order. */
export interface SegmentsTrim {
  readonly type: 'trim'
  readonly segments: readonly Stretch[]
  readonly mode: TrimMode | null
}

/** Keeps what lies around several parts, ascending. */
export interface RemoveTrim {
  readonly type: 'trim'
  readonly remove: readonly Stretch[]
  readonly mode: TrimMode | null
}

/** Seconds, [start_time, end_time). */
export interface Stretch {
  readonly start_time: number
  readonly end_time: number
}

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
