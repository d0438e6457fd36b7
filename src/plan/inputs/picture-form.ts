import type { PixelFormat } from '../../edit/output/formats.js'
import type { ColorSpace } from '../model/encode.js'
import type { VideoFacts } from '../model/facts.js'
import { colorSpaceOf } from './color-space.js'

/** The pixel format in which pictures are edited, by the one in which they are rendered. All operations use 4:2:0. */
export const EDITED_FORMATS: Readonly<Record<PixelFormat, PictureForm['pixelFormat']>> = {
  yuv420p: 'yuv420p',
  yuv420p10le: 'yuv420p10le',
}

/** How pictures are coded while they are edited. */
export interface PictureForm {
  readonly pixelFormat: 'yuv420p' | 'yuv420p10le'
  readonly colorSpace: ColorSpace
  /** What limits the form, though the rendition asks for more; null: nothing. */
  readonly hindrance: string | null
}

/** 8 bits and standard range, with the colours that a picture already has unless they need more. */
export function standardForm(video: VideoFacts): PictureForm {
  return { pixelFormat: 'yuv420p', colorSpace: colorSpaceOf(video), hindrance: null }
}
