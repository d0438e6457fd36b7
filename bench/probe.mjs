import { ffprobe } from '../scripts/platform/tools.mjs'

/** What a file says of itself: its first picture and sound, and its length. */
export async function probe(file) {
  const args = [
    '-show_entries',
    'stream=codec_type,width,height,avg_frame_rate,duration:format=duration,size',
  ]
  const { streams, format } = JSON.parse(await ffprobe([...args, '-of', 'json', file]))
  const video = streams.find(({ codec_type: type }) => type === 'video')
  if (!video) throw new Error('There is no picture in it.')
  const audio = streams.find(({ codec_type: type }) => type === 'audio')
  const [numerator, denominator] = video.avg_frame_rate.split('/').map(Number)
  return {
    width: video.width,
    height: video.height,
    frameRate: numerator / denominator,
    durationSec: Number(format.duration),
    sizeBytes: Number(format.size),
    videoSec: Number(video.duration),
    audioSec: audio ? Number(audio.duration) : null,
  }
}

/** The packets of the picture, in the order in which they are shown: times in seconds, sizes in bytes. */
export async function readFrames(file) {
  const args = ['-select_streams', 'v:0', '-show_entries', 'packet=pts_time,size', '-of', 'csv=p=0', file]
  return parsePackets(await ffprobe(args))
}

/** @param {string} text lines of time and size */
export function parsePackets(text) {
  return text
    .split('\n')
    .filter((line) => line.includes(','))
    .map((line) => {
      const [time, size] = line.split(',').map(Number)
      return { time, size }
    })
    .sort((a, b) => a.time - b.time)
}
