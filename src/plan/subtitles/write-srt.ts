import { parseColor } from '../../edit/fields/color.js'
import { hexColor } from '../graph/hex-color.js'
import type { Cue, CuePosition, Span } from './cue.js'
import { vttTime } from './write-vtt.js'

/** A file of SubRip, with the tags that players know. */
export function writeSrt(cues: readonly Cue[]): string {
  return cues
    .map(({ startMs, endMs, spans, position }, index) => {
      const times = [startMs, endMs].map((ms) => vttTime(ms).replace('.', ','))
      const text = spans
        .map(spanText)
        .join('')
        .replace(/\n(\s*\n)+/g, '\n')
      return `${index + 1}\n${times.join(' --> ')}\n${isAbove(position) ? String.raw`{\an8}` : ''}${text}\n`
    })
    .join('\n')
}

function spanText({ text, style }: Span): string {
  const tags = [
    ...(style.bold ? ['b'] : []),
    ...(style.italic ? ['i'] : []),
    ...(style.underline ? ['u'] : []),
    ...(style.strike ? ['s'] : []),
  ]
  const opened = `${tags.map((tag) => `<${tag}>`).join('')}${text}`
  const styled = `${opened}${tags
    .reverse()
    .map((tag) => `</${tag}>`)
    .join('')}`
  return style.color === null ? styled : `<font color="${rgb(style.color)}">${styled}</font>`
}

/** `#rrggbb` */
function rgb(color: string): string {
  return hexColor(parseColor(color)).replace('0x', '#')
}

/** Whether the text is in the upper half of the picture. */
function isAbove({ line }: CuePosition): boolean {
  switch (line?.by) {
    case 'lines':
      return line.line >= 0 && line.line < 8
    case 'percent':
      return line.percent < 50
    case 'region':
      return line.region.viewport.y < 50
    case undefined:
      return false
  }
}
