import { assertNever } from '../errors.js'
import { formatNumber } from './format-number.js'
import type { AudioEncode, Container, H264Encode, Pass, PassInput, VideoEncode } from './plan.js'
import { serialiseGraph } from './serialise-graph.js'

/** Name of a pass's n-th input in its work folder. */
export function inputName(index: number): string {
  return `input-${index}`
}

/**
 * The arguments of ffmpeg for a pass that runs in its work folder, one token an element. No host path and no
 * text of a user is in them.
 */
export function passArgv(pass: Pass, outputFile: string): string[] {
  const { encode } = pass
  return [
    ...pass.inputs.flatMap(inputArgs),
    '-filter_complex',
    serialiseGraph(pass.graph),
    '-map',
    `[${encode.videoPad}]`,
    ...(encode.audioPad ? ['-map', `[${encode.audioPad}]`] : []),
    ...videoArgs(encode.video),
    ...(encode.audio ? audioArgs(encode.audio) : []),
    // Titles, places and chapters of the source stay out of the result.
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...containerArgs(encode.container),
    `file:${outputFile}`,
  ]
}

/**
 * Only local files, and only by the demuxer that the probe found, under whatever name the file has here: a
 * playlist in disguise opens nothing else.
 */
export function inputArgs({ format, seekSec, keyFramesOnly }: PassInput, index: number): string[] {
  const [demuxer = format] = format.split(',', 1)
  return [
    ...['-protocol_whitelist', 'file', '-format_whitelist', format, '-f', demuxer],
    ...(keyFramesOnly ? ['-skip_frame', 'nokey'] : []),
    ...(seekSec > 0 ? ['-ss', formatNumber(seekSec)] : []),
    ...['-i', `file:${inputName(index)}`],
  ]
}

function videoArgs(video: VideoEncode): string[] {
  switch (video.codec) {
    case 'h264':
      return h264Args(video)
    case 'jpeg':
      return ['-frames:v', '1', '-c:v', 'mjpeg', '-q:v', String(video.quantiser)]
    default:
      return assertNever(video)
  }
}

function h264Args({ crf, maxBitRate, preset, gopFrames, colorSpace }: H264Encode): string[] {
  const cap = maxBitRate ? ['-maxrate', String(maxBitRate), '-bufsize', String(maxBitRate * 2)] : []
  return [
    ...['-c:v', 'libx264', '-preset', preset, '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    ...['-crf', formatNumber(crf), ...cap],
    // Key frames at fixed places, whatever the picture does: every quality can be cut at the same frames.
    ...['-g', String(gopFrames), '-keyint_min', String(gopFrames), '-sc_threshold', '0'],
    ...['-colorspace', colorSpace, '-color_primaries', colorSpace, '-color_trc', colorSpace],
    ...['-color_range', 'tv'],
  ]
}

function audioArgs({ bitRate, channels }: AudioEncode): string[] {
  return ['-c:a', 'aac', '-b:a', String(bitRate), '-ac', String(channels)]
}

function containerArgs(container: Container): string[] {
  switch (container) {
    case 'mp4':
      return ['-f', 'mp4', '-movflags', '+faststart']
    case 'jpg':
      return ['-f', 'image2', '-update', '1']
    default:
      return assertNever(container)
  }
}
