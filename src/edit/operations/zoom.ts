import Joi from 'joi'
import { laterThanStart, seconds } from '../fields/common.js'
import { LIMITS } from '../limits.js'

export const EASINGS = ['linear', 'ease-in-out'] as const

/** How the time of a zoom passes: evenly, or slowly at both ends. */
export type Easing = (typeof EASINGS)[number]

/** A part of the picture, in pixels, which may be fractions. */
export interface Region {
  readonly width: number
  /** null: so that the part has the shape of the picture. */
  readonly height: number | null
  /** Top left corner; null: the part is in the middle. */
  readonly x: number | null
  readonly y: number | null
}

/** Moves from one part of the picture to another. The picture keeps its size. */
export interface ZoomOperation {
  readonly type: 'zoom'
  /** What is shown until the zoom begins; null: the whole picture. */
  readonly from: Region | null
  /** What is shown from its last frame on; null: the whole picture. */
  readonly to: Region | null
  readonly easing: Easing
  readonly start_time: number
  readonly end_time: number | null
}

const place = () => Joi.number().min(0).max(LIMITS.positionPx).allow(null).default(null)

const side = () => Joi.number().min(1).max(LIMITS.sidePx)

const region = () =>
  Joi.object<Region>({
    width: side().required().description('Pixels of the picture, with fractions if wanted'),
    height: side()
      .allow(null)
      .default(null)
      .description('The same; null: what gives the part the shape of the picture, which it must have'),
    x: place().description('Left edge of the part; null: in the middle'),
    y: place().description('Top edge of the part; null: in the middle'),
  })
    .allow(null)
    .default(null)

/** The fields of `zoom` without `type`. */
export const zoomFields = {
  from: region().description('The part of the picture that is shown until the zoom begins; null: all of it'),
  to: region().description(
    'The part that is shown from the last frame of the zoom on; null: all of the picture',
  ),
  easing: Joi.string()
    .valid(...EASINGS)
    .default('linear')
    .description('`linear`: evenly; `ease-in-out`: slowly at both ends'),
  start_time: seconds().default(0).description('When the zoom begins, in seconds; before, `from` is shown'),
  end_time: laterThanStart()
    .allow(null)
    .default(null)
    .description('When the zoom is over, in seconds; after that `to` is shown; null: at the end'),
}
