import type { Encode } from './plan.js'

/** Name of a pass's n-th input in its work folder. */
export function inputName(index: number): string {
  return `input-${index}`
}

/** Name of the file of a pass's n-th encode in its work folder. */
export function outputName({ container }: Encode, index: number): string {
  return `output-${index}.${container}`
}

/** Name of the copied sound in the work folder. */
export const SOUND_FILE = 'sound.mp4'

/** The list of parts in the work folder, in the format of ffmpeg's demuxer `concat`. */
export const PART_LIST = 'parts.ffconcat'

/** The file in which the headers of all parts are put before they are joined. */
export const HEAD_FILE = 'head.mp4'

/** Name of a numbered picture, counted from 1 as ffmpeg does. */
export function imageName(stem: string, index: number): string {
  return `${stem}-${String(index + 1).padStart(3, '0')}.jpg`
}

/** The same for ffmpeg, which numbers them itself. */
export function imagePattern(stem: string): string {
  return `${stem}-%03d.jpg`
}
