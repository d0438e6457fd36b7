import { mean } from '../statistics.mjs'

/**
 * SSIM of every frame, from the file that ffmpeg's `ssim` writes: `n:1 Y:0.98 U:0.99 V:0.99 All:0.98 (18.2)`.
 * @param {string} text
 */
export function parseSsim(text) {
  return [...text.matchAll(/^n:(\d+) .*?All:([\d.]+|inf|nan)/gm)].map(([, , all]) =>
    all === 'inf' ? 1 : Number(all),
  )
}

/**
 * Mean over the frames of these indices; those outside are left out.
 * @param {readonly number[]} values
 * @param {readonly number[]} indices
 * @returns {number | null} null where none is left
 */
export function meanAt(values, indices) {
  return mean(indices.flatMap((index) => values[index] ?? []))
}

/**
 * The frames on either side of joins, each once.
 * @param {readonly number[]} joins each is the index of the first frame after it
 * @param {number} reach how many frames on each side
 */
export function framesAround(joins, reach) {
  const around = joins.flatMap((join) => Array.from({ length: 2 * reach }, (_, step) => join - reach + step))
  return [...new Set(around)].filter((index) => index >= 0).sort((a, b) => a - b)
}
