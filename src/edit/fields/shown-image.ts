import Joi from 'joi'
import { LIMITS } from '../limits.js'
import { colorSchema } from './color.js'
import { seconds } from './common.js'

/** How an uploaded image is shown as the material of an edit. */
export interface ShownImage {
  /** Seconds. Absent: an animation lasts as long as it is; a single picture has to have it. */
  readonly duration?: number
  /** Frames per second. Absent: the highest that a rendition asks for, else that of an animation, else 30. */
  readonly frame_rate?: number
  /** Shown where the image is transparent. Absent: black. */
  readonly color?: string
}

/** How long an image is shown, in seconds. */
export const shownSeconds = () => seconds().positive()

export const shownImageSchema = Joi.object<ShownImage>({
  duration: shownSeconds().description(
    'Seconds that the image is shown; required for a single picture. An animation is played as often as it says, and ' +
      'then holds its last frame; absent: it is played once',
  ),
  frame_rate: Joi.number()
    .min(1)
    .max(LIMITS.frameRate)
    .description(
      'Frames per second of the film. Absent: the highest `frame_rate` of the renditions, else that of the animation, ' +
        'else 30',
    ),
  color: colorSchema().description('Colour of what is transparent. Absent: `black`'),
})
  .allow(null)
  .description('Only for an upload that is an image: how long it is shown as the material of the edit')
