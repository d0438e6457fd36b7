import { assertNever } from '../../errors.js'
import { formatNumber } from '../format-number.js'
import type { Encode, Pass, PassInput } from '../plan.js'
import { serialiseGraph } from '../serialise-graph.js'
import { audioArgs } from './audio-args.js'
import { videoArgs } from './video-args.js'

/** Name of a pass's n-th input in its work folder. */
export function inputName(index: number): string {
  return `input-${index}`
}

/**
 * The arguments of ffmpeg for a pass that runs in its work folder, one token an element. No host path and no
 * text of a user is in them.
 */
export function passArgv(pass: Pass, outputFile: string): string[] {
  const { video, audio, container } = pass.encode
  return [
    ...pass.inputs.flatMap(inputArgs),
    '-filter_complex',
    serialiseGraph(pass.graph),
    ...(video ? ['-map', `[${video.pad}]`] : []),
    ...(audio ? ['-map', `[${audio.pad}]`] : []),
    ...(video ? videoArgs(video.coding, container) : []),
    ...(audio ? audioArgs(audio.coding) : []),
    // Titles, places and chapters of the source stay out of the result.
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...containerArgs(container),
    `file:${outputFile}`,
  ]
}

/**
 * Only local files, and only by the demuxer that the probe found, under whatever name the file has here: a
 * playlist in disguise opens nothing else.
 */
export function inputArgs({ format, seekSec, keyFramesOnly, decoder }: PassInput, index: number): string[] {
  const [demuxer = format] = format.split(',', 1)
  return [
    ...['-protocol_whitelist', 'file', '-format_whitelist', format, '-f', demuxer],
    ...(decoder ? ['-c:v', decoder] : []),
    // A picture that changes its size on the way is scaled; otherwise the whole graph would begin anew.
    ...['-reinit_filter:v', '0'],
    ...(keyFramesOnly ? ['-skip_frame', 'nokey'] : []),
    ...(seekSec > 0 ? ['-ss', formatNumber(seekSec)] : []),
    ...['-i', `file:${inputName(index)}`],
  ]
}

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
