import type { ImageOverlay, TextOverlay, VideoOverlay } from '../../src/edit/overlay.js'

const COMMON = {
  type: 'overlay',
  ...({ anchor: 'top-left', position_x: 0, position_y: 0 } as const),
  ...{ start_time: 0, end_time: null, fade_in: 0, fade_out: 0, opacity: 1, rotation: 0 },
} as const

export function textOverlay(fields: Partial<TextOverlay> = {}): TextOverlay {
  const text = { content: 'Text', font_size: 24, font_color: 'white', language: 'en' }
  return { ...COMMON, overlay_type: 'text', ...text, ...fields }
}

export function imageOverlay(fields: Partial<ImageOverlay> = {}): ImageOverlay {
  return { ...COMMON, overlay_type: 'image', content: 'logo.png', ...fields }
}

export function videoOverlay(fields: Partial<VideoOverlay> = {}): VideoOverlay {
  return { ...COMMON, overlay_type: 'video', content: 'clip.mp4', ...fields }
}
