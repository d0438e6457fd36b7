import { assertNever } from '../../errors.js'
import type { Encode } from '../model/plan.js'

/** The index goes to the front wherever a container can have it there, so that players start at once. */
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

/** Titles, places and chapters of the source stay out of the result. */
export const NO_METADATA: readonly string[] = ['-map_metadata', '-1', '-map_chapters', '-1']

/** Of files that are read once, from beginning to end: their index may be anywhere. */
export function partArgs(container: Encode['container']): string[] {
  return ['-strict', 'experimental', '-f', container]
}
