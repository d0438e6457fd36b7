import Joi from 'joi'
import { assetNameSchema } from '../fields/common.js'
import { type LayerSize, sizeFields } from '../fields/size.js'
import { LIMITS } from '../limits.js'

export const WATERMARK_POSITIONS = ['top-left', 'top-right', 'bottom-left', 'bottom-right', 'center'] as const

export type WatermarkPosition = (typeof WATERMARK_POSITIONS)[number]

export interface WatermarkOperation extends LayerSize {
  readonly type: 'watermark'
  /** Name of an image asset. */
  readonly watermark_path: string
  readonly position: WatermarkPosition
  /** 0.1 (faint) to 1 (opaque). */
  readonly opacity: number
  /** Pixels from the edges that `position` names, and between tiles. */
  readonly margin: number
  /** Repeats the watermark from its position to all edges of the picture. */
  readonly tiled: boolean
}

/** The fields of `watermark` without `type`. */
export const watermarkFields = {
  watermark_path: assetNameSchema.required().description('Name of an image asset'),
  position: Joi.string()
    .valid(...WATERMARK_POSITIONS)
    .default('bottom-right')
    .description('Corner of the picture, or its centre'),
  opacity: Joi.number().min(0.1).max(1).default(0.8).description('0.1: faint, 1: opaque'),
  margin: Joi.number()
    .integer()
    .min(0)
    .max(LIMITS.positionPx)
    .default(10)
    .description('Pixels from the edges that the position names, and between tiles'),
  ...sizeFields('The watermark'),
  tiled: Joi.boolean()
    .default(false)
    .description('Repeats the watermark from its position to all edges of the picture'),
}
