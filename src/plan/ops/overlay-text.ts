import { parseColor } from '../../edit/color.js'
import type { TextOverlay } from '../../edit/overlay.js'
import { textScript } from '../ass-script.js'
import type { CompileContext } from '../context.js'
import { hexColor } from '../hex-color.js'
import { layOver } from '../lay-over.js'
import { missingCharacters, nameCharacters } from '../missing-glyphs.js'
import type { FrameWindow } from '../open-source.js'
import type { Timeline } from '../timeline.js'
import { overlayFade } from './overlay-fade.js'

/**
 * Sets the text once, on a transparent picture of the text's own colour, and lays that over like an image.
 * Drawn into the picture itself, `ass` would mix every colour by BT.601, as it does before ffmpeg 6.1, and
 * round the window to centiseconds.
 */
export function overlayText(
  context: CompileContext,
  op: TextOverlay,
  timeline: Timeline,
  window: FrameWindow,
): Timeline {
  const { graph, findings, pointer } = context
  const missing = missingCharacters(op.content)
  if (missing.length > 0) {
    const message = `No font has these characters of ${pointer}: ${nameCharacters(missing)}.`
    findings.warn({ code: 'missing-glyphs', message })
  }
  const { alpha, ...color } = parseColor(op.font_color)
  const script = graph.addSideFile('ass', textScript(op, timeline))
  const size = `${timeline.width}x${timeline.height}`
  const blank = graph.add('color', { color: `${hexColor(color)}@0`, size, rate: 1, duration: 1 })
  const pad = graph.chain(blank, [
    ['format', { pix_fmts: 'rgba' }],
    ['ass', { filename: script, alpha: 1 }],
  ])
  return layOver(graph, timeline, {
    ...{ pad, kind: 'still', x: 0, y: 0, window },
    opacity: (op.opacity * alpha) / 255,
    fade: overlayFade(context, op, window, timeline),
  })
}
