import type { TextOverlay } from '../../src/edit/overlay.js'

export function textOverlay(fields: Partial<TextOverlay> = {}): TextOverlay {
  return {
    type: 'overlay',
    overlay_type: 'text',
    content: 'Text',
    position_x: 0,
    position_y: 0,
    start_time: 0,
    end_time: null,
    font_size: 24,
    font_color: 'white',
    language: 'en',
    ...fields,
  }
}
