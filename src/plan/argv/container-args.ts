import { assertNever } from '../../errors.js'
import type { Encode } from '../model/plan.js'

/** The arguments of a container. Its index goes to the front where that is possible, so that players start at once. */
export function containerArgs(container: Encode['container']): string[] {
  switch (container) {
    case 'mp4':
    case 'mov':
      // FLAC in MP4 counts as experimental before ffmpeg 6.1: https://trac.ffmpeg.org/ticket/9742
      return ['-strict', 'experimental', '-f', container, '-movflags', '+faststart']
    case 'm4a':
      return ['-f', 'ipod', '-movflags', '+faststart']
    case 'webm':
      return ['-f', 'webm', '-cues_to_front', '1']
    case 'mkv':
      return ['-f', 'matroska', '-cues_to_front', '1']
    case 'gif':
    case 'webp':
      return ['-f', container, '-loop', '0']
    case 'mp3':
    case 'wav':
    case 'flac':
    case 'ogg':
      return ['-f', container]
    case 'jpg':
      return ['-f', 'image2', '-update', '1']
    default:
      return assertNever(container)
  }
}

/** Keeps titles, places and chapters of the source out of the result. */
export const NO_METADATA: readonly string[] = ['-map_metadata', '-1', '-map_chapters', '-1']

/** The arguments of the container of a part: it is read once, from start to end, so its index may be anywhere. */
export function partArgs(container: Encode['container']): string[] {
  return ['-strict', 'experimental', '-f', container]
}
