import Joi from 'joi'

export const CLIP_ENDS = ['hide', 'hold', 'loop'] as const

/** What shows of a clip that ends before its window: the picture below, its last frame, or itself once more. */
export type ClipEnd = (typeof CLIP_ENDS)[number]

export const CLIP_SOUNDS = ['drop', 'mix', 'replace'] as const

/** `replace`: for as long as the clip is visible, its sound alone is heard. */
export type ClipSound = (typeof CLIP_SOUNDS)[number]

/** What an overlay has if it is a video. */
export const clipFields = {
  at_end: Joi.string()
    .valid(...CLIP_ENDS)
    .default('hide')
    .description(
      'Video only: what shows when it ends before its window: hide: the picture below, hold: its last frame, ' +
        'loop: it begins again, with its sound',
    ),
  audio: Joi.string()
    .valid(...CLIP_SOUNDS)
    .default('drop')
    .description(
      "Video only: drop: its sound is not heard, mix: it is mixed with the material's, replace: while it is " +
        'visible its sound alone is heard. Its fades are those of the picture',
    ),
  volume_db: Joi.number().min(-60).max(20).default(0).description('Video only: decibels, of its sound'),
}
