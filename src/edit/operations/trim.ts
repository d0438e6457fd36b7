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
export interface StretchTrim {
  readonly type: 'trim'
  readonly start_time: number
  /** null: the end of the material. */
  readonly end_time: number | null
  readonly mode: TrimMode | null
}

/** Keeps several parts and joins them in the order given. They may overlap, and a part may come again. */
export interface SegmentsTrim {
  readonly type: 'trim'
  readonly segments: readonly Stretch[]
  readonly mode: TrimMode | null
}

/** Removes several parts, in any order, and keeps the rest. */
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
  start_time: seconds().default(0).description('Start of the part to keep, in seconds'),
  end_time: laterThanStart()
    .allow(null)
    .default(null)
    .description('End of the part to keep (exclusive), in seconds; null: the end of the material'),
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
        start_time: seconds().default(0).description('Start of the part, in seconds'),
        end_time: laterThanStart().required().description('End of the part (exclusive), in seconds'),
      }),
    )
    .min(1)
    .max(LIMITS.trimParts)
    .required()

/** A trim that keeps one stretch. */
export const trimFields = { ...stretch, mode }

const type = Joi.string().valid('trim').required()

const keptParts = {
  segments: parts().description(
    'Parts to keep, which are joined in this order, whatever their order in the material is; they may overlap, and a ' +
      'part may come again',
  ),
  mode,
}

const removedParts = { remove: parts().description('Parts to remove, in any order; they may overlap'), mode }

/** The fields of all forms without `type`, for the API's document: one object, of which `TRIM_EITHER_OR` says more. */
export const everyTrimField = {
  ...stretch,
  segments: keptParts.segments.optional(),
  remove: removedParts.remove.optional(),
  mode,
}

/** Fields of different forms, of which a trim has those of one only. */
export const TRIM_EITHER_OR = [
  ['segments', 'remove'],
  ...['start_time', 'end_time'].flatMap((name) => [
    ['segments', name],
    ['remove', name],
  ]),
] as const

/** A trim in one of its three forms. */
export const trimOperationSchema = Joi.alternatives()
  .conditional('.segments', { is: Joi.exist(), then: Joi.object({ type, ...keptParts }) })
  .conditional('.remove', {
    is: Joi.exist(),
    then: Joi.object({ type, ...removedParts }),
    otherwise: Joi.object({ type, ...trimFields }),
  })
