import Joi from 'joi'

export const CLIP_ENDS = ['hide', 'hold', 'loop'] as const

/** What a clip shows after its end, if that is before its window's: the picture below, its last frame, or the clip again. */
export type ClipEnd = (typeof CLIP_ENDS)[number]

export const CLIP_SOUNDS = ['drop', 'mix', 'replace'] as const

/** `replace`: while the clip is visible, only its sound is heard. */
export type ClipSound = (typeof CLIP_SOUNDS)[number]

/** Fields of overlays that are videos. */
export const clipFields = {
  at_end: Joi.string()
    .valid(...CLIP_ENDS)
    .default('hide')
    .description(
      'Video only: what is shown if it ends before its window. hide: the picture below; hold: its last frame; ' +
        'loop: it starts again, with its sound',
    ),
  audio: Joi.string()
    .valid(...CLIP_SOUNDS)
    .default('drop')
    .description(
      "Video only. drop: its sound is not heard; mix: it is mixed with the material's; replace: only its sound is " +
        'heard while it is visible. The sound fades with the picture',
    ),
  volume_db: Joi.number()
    .min(-60)
    .max(20)
    .default(0)
    .description('Video only: gain of its sound in decibels'),
}
