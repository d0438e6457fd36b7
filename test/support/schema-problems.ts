import type Joi from 'joi'

/** The places at which a value is refused, without conversion, as for bodies: `"5"` is no number. */
export function problems(schema: Joi.Schema, value: unknown): string[] {
  const { error } = schema.validate(value, { convert: false, abortEarly: false })
  return [...new Set(error?.details.map(({ path }) => path.join('.')) ?? [])]
}
