import type Joi from 'joi'

/** Where a value is refused, as bodies are: `"5"` is no number. */
export function problems(schema: Joi.Schema, value: unknown): string[] {
  const { error } = schema.validate(value, { convert: false, abortEarly: false })
  return [...new Set(error?.details.map(({ path }) => path.join('.')) ?? [])]
}
