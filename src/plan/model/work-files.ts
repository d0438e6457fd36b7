import type { Encode } from './plan.js'

/** Name of a pass's n-th input in its work folder. */
export function inputName(index: number): string {
  return `input-${index}`
}

/** Name of the file of a pass's n-th encode in its work folder. */
export function outputName({ container }: Encode, index: number): string {
  return `output-${index}.${container}`
}

/** Names of the sound that is decoded, or copied, from a pass's n-th input beforehand. */
export function decodedSoundName(index: number): string {
  return `sound-${index}.nut`
}

export function copiedSoundName(index: number): string {
  return `sound-${index}.mp4`
}

/** Name of the copied sound in the work folder. */
export const SOUND_FILE = 'sound.mp4'

/** Name of the list of parts in the work folder, for ffmpeg's demuxer `concat`. */
export const PART_LIST = 'parts.ffconcat'

/** Name of the copy of the first part whose header has the parameter sets of all parts. */
export const HEAD_FILE = 'head.mp4'

/** Name of a numbered picture, counted from 1 as ffmpeg does. */
export function imageName(stem: string, index: number): string {
  return `${stem}-${String(index + 1).padStart(3, '0')}.jpg`
}

/** Pattern of these names for ffmpeg, which numbers the pictures itself. */
export function imagePattern(stem: string): string {
  return `${stem}-%03d.jpg`
}
