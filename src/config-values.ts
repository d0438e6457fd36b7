import { isIP } from 'node:net'
import Joi from 'joi'

/** Reads a setting that is a list: values separated by commas. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

export function originList(): Joi.StringSchema {
  return listOf((text) => text === '*' || isOrigin(text), 'origins such as https://app.example, or *')
}

export function networkList(): Joi.StringSchema {
  return listOf(isNetwork, 'addresses or networks such as 10.0.0.0/8')
}

/** A limit where 0 stands for none; null: none. Without keys the only user is on this machine, and has none by default. */
export function limitOf(given: number | undefined, auth: 'none' | 'keys', withKeys: number): number | null {
  return (given ?? (auth === 'keys' ? withKeys : 0)) || null
}

function listOf(isOne: (part: string) => boolean, what: string): Joi.StringSchema {
  return Joi.string()
    .custom((text: string, helpers) => (splitList(text).every(isOne) ? text : helpers.error('any.invalid')))
    .default('')
    .messages({ 'any.invalid': `{#label} must be ${what}, separated by commas` })
}

/** Whether a text is an origin as browsers send it in `Origin`: scheme, host and port, and nothing else. */
function isOrigin(text: string): boolean {
  return /^https?:[^*]*$/.test(text) && URL.canParse(text) && new URL(text).origin === text
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}
