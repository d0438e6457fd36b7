import { parseColor } from '../../edit/color.js'
import type { ImageOverlay, OverlayOperation, TextOverlay, VideoOverlay } from '../../edit/operations.js'
import { assertNever } from '../../errors.js'
import { textScript } from '../ass-script.js'
import { sourceMatrix } from '../color-space.js'
import type { CompileContext } from '../context.js'
import { hexColor } from '../hex-color.js'
import { layOver } from '../lay-over.js'
import { missingCharacters, nameCharacters } from '../missing-glyphs.js'
import type { FrameWindow } from '../open-source.js'
import { formatRational } from '../rational.js'
import { durationSec, type Timeline } from '../timeline.js'
import { isEmpty, visibleFrames } from '../window.js'
import { findPictureAsset } from './find-asset.js'

/** Text, an image or a clip over the picture for a window of time. */
export function applyOverlay(context: CompileContext, op: OverlayOperation, timeline: Timeline): Timeline {
  const window = visibleFrames(op, timeline)
  if (isEmpty(window)) {
    const until = durationSec(timeline).toFixed(3)
    context.findings.warn({
      code: 'overlay-never-visible',
      message: `The overlay of ${context.pointer} is never visible: the picture lasts until ${until} s.`,
    })
  }
  switch (op.overlay_type) {
    case 'text':
      return overlayText(context, op, timeline, window)
    case 'image':
      return overlayImage(context, op, timeline, window)
    case 'video':
      return overlayVideo(context, op, timeline, window)
    default:
      return assertNever(op)
  }
}

/**
 * Sets the text once, on a transparent picture of the text's own colour, and lays that over like an image.
 * Drawn into the picture itself, `ass` would mix every colour by BT.601, as it does before ffmpeg 6.1, and
 * round the window to centiseconds.
 */
function overlayText(
  { graph, findings, pointer }: CompileContext,
  op: TextOverlay,
  timeline: Timeline,
  window: FrameWindow,
): Timeline {
  if (isEmpty(window)) return timeline
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
    ['colorchannelmixer', { aa: alpha / 255 }],
  ])
  return layOver(graph, timeline, { pad, x: 0, y: 0, window, atEnd: 'repeat' })
}

function overlayImage(
  context: CompileContext,
  op: ImageOverlay,
  timeline: Timeline,
  window: FrameWindow,
): Timeline {
  const image = findPictureAsset(context, 'content', op.content, 'image')
  if (!image || isEmpty(window)) return timeline
  const { graph } = context
  const input = graph.addInput({ key: image.key, format: image.facts.format, seekSec: 0 })
  const pad = graph.add('format', { pix_fmts: 'rgba' }, `${input}:${image.video.index}`)
  return layOver(graph, timeline, { pad, x: op.position_x, y: op.position_y, window, atEnd: 'repeat' })
}

/** The clip begins with its window, runs on the picture's frame grid, and is gone after its own end. */
function overlayVideo(
  context: CompileContext,
  op: VideoOverlay,
  timeline: Timeline,
  window: FrameWindow,
): Timeline {
  const clip = findPictureAsset(context, 'content', op.content, 'video')
  if (!clip || isEmpty(window)) return timeline
  const { graph } = context
  const input = graph.addInput({ key: clip.key, format: clip.facts.format, seekSec: 0 })
  const leadSec = Math.max(0, clip.video.startSec - clip.facts.startSec)
  const pad = graph.chain(`${input}:${clip.video.index}`, [
    ['fps', { fps: formatRational(timeline.frameRate), start_time: leadSec, round: 'near' }],
    ['trim', { end_frame: window.end - window.start }],
    // After `fps` the timebase is one frame.
    ['setpts', { expr: `PTS-STARTPTS+${window.start}` }],
    [
      'scale',
      { w: clip.video.width, h: clip.video.height, in_color_matrix: sourceMatrix(clip.video) ?? 'auto' },
    ],
    ['setsar', { sar: 1 }],
    ['format', { pix_fmts: 'rgba' }],
  ])
  return layOver(graph, timeline, { pad, x: op.position_x, y: op.position_y, window, atEnd: 'pass' })
}
