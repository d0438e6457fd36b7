import Joi from 'joi'

/** An object in an answer. Every field is always present; one without a value is null. */
export function shape(fields: Readonly<Record<string, Joi.Schema>>): Joi.ObjectSchema {
  return Joi.object(
    Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, schema.required()])),
  )
}

export const id = () => Joi.string().guid({ separator: '-' })
export const time = () => Joi.string().isoDate()
export const text = () => Joi.string().allow('')
/** URL of a file. `use` says what the URL is for. */
export const fileUrl = (use: string) =>
  text().description(
    `${use}. For a client with an API key it is signed: anyone who has it can fetch the file without a key, until ` +
      'it expires',
  )
export const count = () => Joi.number().integer().min(0)
export const size = () => count().description('Bytes')
export const seconds = () => Joi.number().min(0).description('Seconds')
export const pixels = () => Joi.number().integer().min(0).description('Pixels, as displayed')
export const sha256 = () => Joi.string().pattern(/^[0-9a-f]{64}$/)
export const orNull = (schema: Joi.Schema) => schema.allow(null)

/** Time as RFC 3339, in UTC and with milliseconds. */
export function presentTime(date: Date): string {
  return date.toISOString()
}

export function presentTimeOrNull(date: Date | null): string | null {
  return date === null ? null : presentTime(date)
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

export function roundOrNull(value: number | null, digits: number): number | null {
  return value === null ? null : round(value, digits)
}
