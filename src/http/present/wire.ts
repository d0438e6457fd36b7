import Joi from 'joi'

/** An object in an answer. Every field is always present; one without a value is null. */
export function shape(fields: Readonly<Record<string, Joi.Schema>>): Joi.ObjectSchema {
  return Joi.object(
    Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, schema.required()])),
  )
}

/** `what` is identified, for people. */
export const id = (what: string) => Joi.string().guid({ separator: '-' }).description(`Id of ${what}`)
/** @param when it was, or will be, for people */
export const time = (when: string) => Joi.string().isoDate().description(when)
/** @param what the text is, for people */
export const text = (what: string) => Joi.string().allow('').description(what)
/** URL of a file. `use` says what the URL is for. */
export const fileUrl = (use: string) =>
  text(
    `${use}. For a client with an API key it is signed: anyone who has it can fetch the file without a key, until ` +
      'it expires',
  )
export const count = (what: string) => Joi.number().integer().min(0).description(what)
export const size = (what = 'Bytes') => count(what)
export const seconds = () => Joi.number().min(0).description('Seconds')
export const pixels = () => Joi.number().integer().min(0).description('Pixels, as displayed')
export const sha256 = () =>
  Joi.string()
    .pattern(/^[0-9a-f]{64}$/)
    .description('SHA-256 of the file, in hexadecimal digits')
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
