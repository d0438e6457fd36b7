import type { PixelFormat } from '../../edit/output/formats.js'
import type { ColorSpace } from '../model/encode.js'
import type { VideoFacts } from '../model/facts.js'
import { colorSpaceOf } from './color-space.js'

/** The pixel format in which pictures are edited that are rendered in another: all operations know 4:2:0. */
export const EDITED_FORMATS: Readonly<Record<PixelFormat, PictureForm['pixelFormat']>> = {
  yuv420p: 'yuv420p',
  yuv420p10le: 'yuv420p10le',
}

/** What pictures are made of while they are edited. */
export interface PictureForm {
  readonly pixelFormat: 'yuv420p' | 'yuv420p10le'
  readonly colorSpace: ColorSpace
  /** What keeps it from being more, though more was asked for; null: nothing. */
  readonly hindrance: string | null
}

export function standardForm(video: VideoFacts): PictureForm {
  return { pixelFormat: 'yuv420p', colorSpace: colorSpaceOf(video), hindrance: null }
}
