import Joi from 'joi'

/** Darkens the picture towards its corners. */
export interface VignetteOperation {
  readonly type: 'vignette'
  /** Share of their brightness that the corners lose, 0 to 1; 0 changes nothing. */
  readonly strength: number
}

/** The fields of `vignette` beside its `type`. */
export const vignetteFields = {
  strength: Joi.number()
    .min(0)
    .max(1)
    .default(0.5)
    .description(
      'Share of their brightness that the corners lose: 0 leaves the picture as it is, 1 makes them black',
    ),
}
