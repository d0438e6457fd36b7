import Joi from 'joi'
import { colorSchema } from '../fields/color.js'
import { assetNameSchema, laterThanStart, seconds } from '../fields/common.js'
import { shownSeconds } from '../fields/shown-image.js'
import { LIMITS } from '../limits.js'

/** Joins other videos and images before or after the material, at its size and frame rate. */
export interface ConcatOperation {
  readonly type: 'concat'
  readonly videos: readonly ConcatItem[]
  readonly position: 'after' | 'before'
  readonly transition: 'none' | 'crossfade'
  /** Seconds of a crossfade. */
  readonly transition_duration: number
  /** For another shape: padded with `color`, padded with the blurred picture itself, or cut to fill. */
  readonly fit: 'pad' | 'blur' | 'fill'
  readonly color: string
}

export type ConcatItem = ConcatVideo | ConcatImage

export interface ConcatVideo {
  readonly video_id: string
  readonly image?: undefined
  /** Seconds of the video. */
  readonly start_time: number
  /** null: its end. */
  readonly end_time: number | null
  /** Seconds that an upload which is an image is shown. null or absent: it is a video, or an animation that is played once. */
  readonly duration?: number | null
}

export interface ConcatImage {
  readonly video_id?: undefined
  /** Name of an image asset. */
  readonly image: string
  /** Seconds; null: an animation is played once. */
  readonly duration: number | null
}

const withImage = { is: Joi.exist(), then: Joi.any().forbidden() }

const itemSchema = Joi.object({
  video_id: Joi.string()
    .guid({ separator: '-', wrapper: false })
    .description('Id of the video, or of an upload that is an image'),
  image: assetNameSchema.description('Name of an image asset, in place of a video'),
  start_time: seconds()
    .when('image', { ...withImage, otherwise: seconds().default(0) })
    .description('Start of the part of a video to use, in seconds; absent: 0'),
  end_time: laterThanStart()
    .allow(null)
    .when('image', { ...withImage, otherwise: Joi.any().default(null) })
    .description('End of the part to use (exclusive), in seconds; null: the end of the video'),
  duration: shownSeconds()
    .allow(null)
    .default(null)
    .description(
      'Seconds that an image is shown; required for a single picture. An animation is played as often as it says, and ' +
        'then holds its last frame; null: it is played once',
    ),
}).xor('video_id', 'image')

/** The fields of `concat` without `type`. */
export const concatFields = {
  videos: Joi.array()
    .items(itemSchema)
    .min(1)
    .max(LIMITS.concatVideos)
    .required()
    .description('Videos and images to join, in order, at the size and frame rate of the material'),
  position: Joi.string()
    .valid('after', 'before')
    .default('after')
    .description('Where they go: `before` makes an intro of them'),
  transition: Joi.string()
    .valid('none', 'crossfade')
    .default('none')
    .description('Transition from each to the next'),
  transition_duration: Joi.number().min(0.1).max(5).default(1).description('Seconds of a crossfade'),
  fit: Joi.string()
    .valid('pad', 'blur', 'fill')
    .default('pad')
    .description(
      'For those of another shape: `pad` with a colour, `blur` with the blurred picture itself, or `fill` and cut',
    ),
  color: colorSchema()
    .default('black')
    .description('Colour for `pad`, and of what is transparent in an image'),
}
