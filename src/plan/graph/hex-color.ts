import type { Rgba } from '../../edit/fields/color.js'

/** `0xrrggbb`, as ffmpeg's sources take it. */
export function hexColor({ red, green, blue }: Pick<Rgba, 'red' | 'green' | 'blue'>): string {
  return `0x${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
