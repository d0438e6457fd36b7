import {
  type Cue,
  type CueLine,
  type CuePosition,
  type CueRegion,
  DEFAULT_POSITION,
  type Span,
} from './cue.js'

/**
 * A file of WebVTT (https://www.w3.org/TR/webvtt1/). Colours are left out: each file would need a style sheet, which few
 * players of streams apply.
 * @param header lines after the first one
 */
export function writeVtt(cues: readonly Cue[], header: readonly string[] = []): string {
  const blocks = cues.map((cue) => {
    const settings = settingsOf(cue.position).map((setting) => ` ${setting}`)
    const times = `${vttTime(cue.startMs)} --> ${vttTime(cue.endMs)}${settings.join('')}`
    return `${times}\n${textOf(cue.spans)}\n`
  })
  return [['WEBVTT', ...header, ''].join('\n'), ...blocks].join('\n')
}

/** `hh:mm:ss.ttt` */
export function vttTime(ms: number): string {
  const part = (unit: number, size: number) => String(Math.floor(ms / unit) % size).padStart(2, '0')
  const hours = String(Math.floor(ms / 3_600_000)).padStart(2, '0')
  return `${hours}:${part(60_000, 60)}:${part(1000, 60)}.${String(ms % 1000).padStart(3, '0')}`
}

/** An empty line would end the cue. */
function textOf(spans: readonly Span[]): string {
  const text = spans.map(({ text: plain, style }) => {
    const tags = [
      ...(style.bold ? ['b'] : []),
      ...(style.italic ? ['i'] : []),
      ...(style.underline ? ['u'] : []),
    ]
    const [open, close] = [tags.map((tag) => `<${tag}>`), tags.reverse().map((tag) => `</${tag}>`)]
    return `${open.join('')}${escaped(plain)}${close.join('')}`
  })
  return text.join('').replace(/\n(\s*\n)+/g, '\n')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function settingsOf({ writing, box, align, line }: CuePosition): string[] {
  const isUsual = box.from === DEFAULT_POSITION.box.from && box.size === DEFAULT_POSITION.box.size
  const at = { left: box.from, center: box.from + box.size / 2, right: box.from + box.size }[align]
  return [
    ...(writing === 'horizontal' ? [] : [`vertical:${writing === 'vertical-rl' ? 'rl' : 'lr'}`]),
    ...(line ? [`line:${lineOf(line)}`] : []),
    ...(isUsual ? [] : [`position:${percent(at)}`, `size:${percent(box.size)}`]),
    ...(align === 'center' ? [] : [`align:${align}`]),
  ]
}

/** The usual anchor is left out: players of older drafts ignore a line that has one. */
function lineOf(line: CueLine): string {
  switch (line.by) {
    case 'lines':
      return String(line.line)
    case 'percent':
      return line.anchor === 'start' ? percent(line.percent) : `${percent(line.percent)},${line.anchor}`
    case 'region':
      return percent(topOf(line.region))
  }
}

/** Height of a line by the standard, in per cent of the picture. */
const LINE_PERCENT = 5.33

/** Regions are not written: few players know them. */
function topOf({ anchor, viewport, lines }: CueRegion): number {
  return Math.max(0, viewport.y - (anchor.y / 100) * lines * LINE_PERCENT)
}

function percent(value: number): string {
  return `${Math.round(Math.min(100, Math.max(0, value)) * 100) / 100}%`
}
