import Joi from 'joi'
import { colorSchema } from './color-schema.js'
import { laterThanStart, seconds } from './common-schema.js'
import { LIMITS } from './limits.js'

const videoSchema = Joi.object({
  video_id: Joi.string().guid({ separator: '-', wrapper: false }).required().description('Id of the video'),
  start_time: seconds().default(0).description('First moment to use, in seconds'),
  end_time: laterThanStart()
    .allow(null)
    .default(null)
    .description('First moment not to use, in seconds; null: the end'),
})

/** The fields of `concat` beside its `type`. */
export const concatFields = {
  videos: Joi.array()
    .items(videoSchema)
    .min(1)
    .max(LIMITS.concatVideos)
    .required()
    .description('Joined in order, at the size and frame rate of the material'),
  position: Joi.string()
    .valid('after', 'before')
    .default('after')
    .description('Where they go: `before` makes them an intro'),
  transition: Joi.string()
    .valid('none', 'crossfade')
    .default('none')
    .description('How one flows into the next'),
  transition_duration: Joi.number().min(0.1).max(5).default(1).description('Seconds of a crossfade'),
  fit: Joi.string()
    .valid('pad', 'blur', 'fill')
    .default('pad')
    .description(
      'Of another shape: `pad` with a colour, with the picture itself, blurred, or `fill` and cut',
    ),
  color: colorSchema().default('black').description('Of `pad`'),
}
