import colorNames from 'color-name'
import Joi from 'joi'

/** A colour with 8 bits per channel. Alpha 255 is opaque. */
export interface Rgba {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

/** `#rgb`, `#rrggbb` or `#rrggbbaa`, or a CSS colour name in lower case. */
export const COLOR_PATTERN = new RegExp(
  `^(#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|#[0-9a-fA-F]{8}|${Object.keys(colorNames).join('|')})$`,
)

/** Reads a colour that COLOR_PATTERN accepts. */
export function parseColor(text: string): Rgba {
  const named = Object.entries(colorNames).find(([name]) => name === text)
  if (named) return { red: named[1][0], green: named[1][1], blue: named[1][2], alpha: 255 }
  const digits = text.slice(1)
  const wide = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits
  const channel = (index: number) => Number.parseInt(wide.slice(index * 2, index * 2 + 2), 16)
  return { red: channel(0), green: channel(1), blue: channel(2), alpha: wide.length === 8 ? channel(3) : 255 }
}

export function colorSchema(): Joi.StringSchema {
  return Joi.string()
    .pattern(COLOR_PATTERN)
    .messages({ 'string.pattern.base': '{{#label}} must be a CSS colour name, #rgb, #rrggbb or #rrggbbaa' })
}
