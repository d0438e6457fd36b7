import Joi from 'joi'
import { colorSchema } from '../fields/color.js'
import { laterThanStart, seconds } from '../fields/common.js'
import { LIMITS } from '../limits.js'

/** Joins other videos before or after the material, at its size and frame rate. */
export interface ConcatOperation {
  readonly type: 'concat'
  readonly videos: readonly ConcatVideo[]
  readonly position: 'after' | 'before'
  readonly transition: 'none' | 'crossfade'
  /** Seconds of a crossfade. */
  readonly transition_duration: number
  /** For another shape: padded with `color`, padded with the blurred picture itself, or cut to fill. */
  readonly fit: 'pad' | 'blur' | 'fill'
  readonly color: string
}

export interface ConcatVideo {
  readonly video_id: string
  /** Seconds of the video. */
  readonly start_time: number
  /** null: its end. */
  readonly end_time: number | null
}

const videoSchema = Joi.object({
  video_id: Joi.string().guid({ separator: '-', wrapper: false }).required().description('Id of the video'),
  start_time: seconds().default(0).description('Start of the part to use, in seconds'),
  end_time: laterThanStart()
    .allow(null)
    .default(null)
    .description('End of the part to use (exclusive), in seconds; null: the end of the video'),
})

/** The fields of `concat` without `type`. */
export const concatFields = {
  videos: Joi.array()
    .items(videoSchema)
    .min(1)
    .max(LIMITS.concatVideos)
    .required()
    .description('Videos to join, in order, at the size and frame rate of the material'),
  position: Joi.string()
    .valid('after', 'before')
    .default('after')
    .description('Where they go: `before` makes an intro of them'),
  transition: Joi.string()
    .valid('none', 'crossfade')
    .default('none')
    .description('Transition from each video to the next'),
  transition_duration: Joi.number().min(0.1).max(5).default(1).description('Seconds of a crossfade'),
  fit: Joi.string()
    .valid('pad', 'blur', 'fill')
    .default('pad')
    .description(
      'For videos of another shape: `pad` with a colour, `blur` with the blurred picture itself, or `fill` and cut',
    ),
  color: colorSchema().default('black').description('Colour for `pad`'),
}
