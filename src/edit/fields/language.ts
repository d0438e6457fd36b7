import Joi from 'joi'

/** A language tag of BCP 47. */
export const languageSchema = () =>
  Joi.string()
    .pattern(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)
    .max(35)
    .messages({ 'string.pattern.base': '{{#label}} must be a language tag, e.g. "hi" or "pt-BR"' })
