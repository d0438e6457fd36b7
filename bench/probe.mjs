import { ffprobe } from '../scripts/platform/tools.mjs'
import { parseJson } from '../scripts/setup/files.mjs'

/**
 * @import { Frame } from './types.d.ts'
 * @typedef {object} Printed what ffprobe prints
 * @property {{ codec_type: string, width?: number, height?: number, avg_frame_rate?: string, duration?: string }[]}
 *   streams
 * @property {{ duration: string, size: string }} format
 */

/**
 * What a file says of its first picture and sound.
 * @param {string} file
 * @returns the frame rate, and the seconds of both; `audioSec` is null where there is no sound
 */
export async function probe(file) {
  const entries = 'stream=codec_type,width,height,avg_frame_rate,duration:format=duration,size'
  const text = await ffprobe(['-show_entries', entries, '-of', 'json', file])
  const { streams } = /** @type {Printed} */ (parseJson(text))
  const video = streams.find(({ codec_type: type }) => type === 'video')
  if (!video) throw new Error(`${file} has no picture.`)
  const audio = streams.find(({ codec_type: type }) => type === 'audio')
  const [numerator = 0, denominator = 1] = (video.avg_frame_rate ?? '').split('/').map(Number)
  return {
    frameRate: numerator / denominator,
    videoSec: Number(video.duration),
    audioSec: audio ? Number(audio.duration) : null,
  }
}

/**
 * The packets of the picture, in the order in which they are shown.
 * @param {string} file
 */
export async function readFrames(file) {
  const args = ['-select_streams', 'v:0', '-show_entries', 'packet=pts_time,size', '-of', 'csv=p=0', file]
  return parsePackets(await ffprobe(args))
}

/**
 * @param {string} text lines of time and size
 * @returns {Frame[]}
 */
export function parsePackets(text) {
  return text
    .split('\n')
    .filter((line) => line.includes(','))
    .map((line) => {
      const [time = NaN, size = NaN] = line.split(',').map(Number)
      return { time, size }
    })
    .sort((a, b) => a.time - b.time)
}
