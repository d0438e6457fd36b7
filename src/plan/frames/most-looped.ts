import type { Size } from '../model/size.js'

/** The most frames that ffmpeg's `loop` can keep. It repeats all that it gets, up to this number. */
export const LOOP_FRAMES = 32_767

/** Memory that repeated pictures may take, in each pass of an edit. */
const LOOP_BYTES = 512 * 1024 ** 2

/** How many frames of a size can be repeated, for which they are kept in memory. */
export function mostLooped({ width, height }: Size, bytesPerPixel: number): number {
  return Math.min(LOOP_FRAMES, Math.floor(LOOP_BYTES / (width * height * bytesPerPixel)))
}
