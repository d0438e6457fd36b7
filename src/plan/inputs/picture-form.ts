import type { BitDepth } from '../../edit/output/formats.js'
import type { ColorSpace } from '../model/encode.js'
import type { VideoFacts } from '../model/facts.js'
import { colorSpaceOf } from './color-space.js'

/** ffmpeg's pixel formats of pictures while they are edited, by bit depth. */
export const EDITED_FORMATS = { 8: 'yuv420p', 10: 'yuv420p10le' } as const satisfies Record<BitDepth, string>

/** What pictures are made of while they are edited. */
export interface PictureForm {
  readonly pixelFormat: (typeof EDITED_FORMATS)[BitDepth]
  readonly colorSpace: ColorSpace
  /** What keeps it from being more, though more was asked for; null: nothing. */
  readonly hindrance: string | null
}

export function standardForm(video: VideoFacts): PictureForm {
  return { pixelFormat: 'yuv420p', colorSpace: colorSpaceOf(video), hindrance: null }
}
