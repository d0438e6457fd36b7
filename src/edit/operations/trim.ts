import Joi from 'joi'
import { laterThanStart, seconds } from '../fields/common.js'
import { LIMITS } from '../limits.js'

/**
 * `exact`: everything is re-encoded. `smart`: whole groups of frames are copied, and only those at the cuts are
 * re-encoded. `keyframe`: everything is copied, from key frame to key frame. null: `smart` where possible.
 */
export type TrimMode = 'exact' | 'smart' | 'keyframe'

export type TrimOperation = StretchTrim | SegmentsTrim | RemoveTrim

/** Keeps one stretch. */
export interface StretchTrim extends Stretch {
  readonly type: 'trim'
  readonly mode: TrimMode | null
}

/** Keeps several parts, in ascending order, and joins them. */
export interface SegmentsTrim {
  readonly type: 'trim'
  readonly segments: readonly Stretch[]
  readonly mode: TrimMode | null
}

/** Removes several parts, in ascending order, and keeps the rest. */
export interface RemoveTrim {
  readonly type: 'trim'
  readonly remove: readonly Stretch[]
  readonly mode: TrimMode | null
}

/** A range of time in seconds, [start_time, end_time). */
export interface Stretch {
  readonly start_time: number
  readonly end_time: number
}

const stretch = {
  start_time: seconds().required().description('Start of the part to keep, in seconds'),
  end_time: laterThanStart().required().description('End of the part to keep (exclusive), in seconds'),
}

const mode = Joi.string()
  .valid('exact', 'smart', 'keyframe')
  .allow(null)
  .default(null)
  .description(
    'How to cut. `exact`: everything is re-encoded; `smart`: at the same frames, but whole groups of frames are ' +
      'copied as they are; `keyframe`: everything is copied, from the key frame before each start to the one after ' +
      'each end; null: `smart` where possible, else `exact`',
  )

const parts = () =>
  Joi.array()
    .items(
      Joi.object({
        start_time: stretch.start_time.description('Start of the part, in seconds'),
        end_time: stretch.end_time.description('End of the part (exclusive), in seconds'),
      }),
    )
    .min(1)
    .max(LIMITS.trimParts)
    .required()

/** A trim that keeps one stretch. */
export const trimFields = { ...stretch, mode }

const type = Joi.string().valid('trim').required()

const keptParts = {
  segments: parts().description('Parts to keep, in ascending order, which are joined'),
  mode,
}

const removedParts = { remove: parts().description('Parts to remove, in ascending order'), mode }

/** A trim in one of its three forms. */
export const trimOperationSchema = Joi.alternatives()
  .conditional('.segments', { is: Joi.exist(), then: Joi.object({ type, ...keptParts }) })
  .conditional('.remove', {
    is: Joi.exist(),
    then: Joi.object({ type, ...removedParts }),
    otherwise: Joi.object({ type, ...trimFields }),
  })
