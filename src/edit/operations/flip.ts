import Joi from 'joi'

export interface FlipOperation {
  readonly type: 'flip'
  /** `horizontal` swaps left and right. */
  readonly direction: 'horizontal' | 'vertical'
}

/** The fields of `flip` without `type`. */
export const flipFields = {
  direction: Joi.string()
    .valid('horizontal', 'vertical')
    .required()
    .description('`horizontal` swaps left and right, `vertical` top and bottom'),
}
