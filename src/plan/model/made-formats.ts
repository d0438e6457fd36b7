import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import type { Encode } from './plan.js'

/** The demuxer by which ffmpeg opens a file that we have made. */
export function madeFormat(container: Encode['container']): string {
  return container === 'jpg' ? 'jpeg_pipe' : CONTAINER_TRAITS[container].demuxer
}

/** The demuxer of parts, whichever of their containers they have. */
export const PART_FORMAT = madeFormat('mp4')
