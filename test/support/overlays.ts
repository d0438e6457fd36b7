import type { ImageOverlay, TextOverlay, VideoOverlay } from '../../src/edit/operations/overlay.js'
import type { WatermarkOperation } from '../../src/edit/operations/watermark.js'

const COMMON = {
  type: 'overlay',
  ...({ anchor: 'top-left', position_x: 0, position_y: 0 } as const),
  ...{ start_time: 0, end_time: null, fade_in: 0, fade_out: 0, opacity: 1, rotation: 0 },
} as const

const OWN_SIZE = { width: null, height: null } as const

export function textOverlay(fields: Partial<TextOverlay> = {}): TextOverlay {
  const text = { content: 'Text', font_size: 24, font_color: 'white', language: 'en' }
  const outline = { outline_width: 0, outline_color: 'black' }
  const box = { box_color: null, box_padding: null }
  const block = { font: null, bold: false, italic: false, align: null, max_width: null }
  return { ...COMMON, overlay_type: 'text', ...text, ...outline, ...box, ...block, ...fields }
}

export function imageOverlay(fields: Partial<ImageOverlay> = {}): ImageOverlay {
  return { ...COMMON, overlay_type: 'image', content: 'logo.png', ...OWN_SIZE, ...fields }
}

export function videoOverlay(fields: Partial<VideoOverlay> = {}): VideoOverlay {
  const clip = { content: 'clip.mp4', at_end: 'hide', audio: 'drop', volume_db: 0 } as const
  return { ...COMMON, overlay_type: 'video', ...OWN_SIZE, ...clip, ...fields }
}

export function watermark(fields: Partial<WatermarkOperation> = {}): WatermarkOperation {
  const mark = { watermark_path: 'logo.png', position: 'bottom-right', opacity: 0.8, margin: 10 } as const
  return { type: 'watermark', ...mark, ...OWN_SIZE, tiled: false, ...fields }
}
