import { unreservedArgs } from '../colour/reserved-tags.js'
import { formatNumber } from '../graph/format-number.js'
import { LIMIT_ARGS, lookArgs } from '../inputs/source-limits.js'
import { PART_FORMAT } from '../model/made-formats.js'
import type { PassInput } from '../model/plan.js'
import { copiedSoundName, decodedSoundName, inputName } from '../model/work-files.js'

/** Format of sound that is decoded beforehand: it keeps the times of samples exactly. */
export const DECODED_FORMAT = 'nut'

/** The arguments that open an input for decoding. */
export function inputArgs(input: PassInput, index: number): string[] {
  const { format, clock, keyFramesOnly, decoder, sound, copied, isTurnedByGraph } = input
  if (sound) return ['-copyts', ...madeFileArgs(DECODED_FORMAT, decodedSoundName(index))]
  if (copied) return ['-copyts', ...madeFileArgs(PART_FORMAT, copiedSoundName(index))]
  return [
    ...(clock === 'file' ? ['-copyts'] : []),
    ...demuxerArgs(format),
    ...lookArgs(input),
    ...(decoder ? ['-c:v', decoder] : []),
    ...unreservedArgs(input),
    // A picture that changes its size is scaled. Otherwise the whole graph would start again.
    ...['-reinit_filter:v', '0'],
    // Not all versions read EXIF of all formats.
    ...(isTurnedByGraph ? ['-noautorotate'] : []),
    ...(keyFramesOnly ? ['-skip_frame', 'nokey'] : []),
    // What comes before the moment is cut off in the graph.
    ...(clock === 'file' ? ['-noaccurate_seek'] : []),
    ...fileArgs(input, index),
  ]
}

/** The arguments that open an input for stream copy. */
export function copiedInputArgs(input: PassInput, index: number, seekSec: number): string[] {
  return [...demuxerArgs(input.format), ...lookArgs(input), ...fileArgs({ ...input, seekSec }, index)]
}

/** The same for a file that an earlier run has made in the work folder: as restricted as files of users. */
export function madeFileArgs(format: string, file: string): string[] {
  return [...demuxerArgs(format), '-i', `file:${file}`]
}

/** The same for a list of files of one format that we have written for ffmpeg's demuxer `concat`. */
export function listArgs(format: string, list: string): string[] {
  // The files are coded alike, or the first one's header has the parameter sets of all.
  return [...openArgs(`concat,${format}`, 'concat'), '-auto_convert', '0', '-i', `file:${list}`]
}

/** Opens a file only by the demuxer that the probe found, whatever its name is in the work folder. */
function demuxerArgs(format: string): string[] {
  const [demuxer = format] = format.split(',', 1)
  return openArgs(format, demuxer)
}

/** Allows only local files, and only these formats, so that a playlist in disguise opens nothing else. */
function openArgs(formats: string, demuxer: string): string[] {
  return ['-protocol_whitelist', 'file', '-format_whitelist', formats, ...LIMIT_ARGS, '-f', demuxer]
}

function fileArgs({ seekSec, clock }: PassInput, index: number): string[] {
  const seek = [...(clock === 'file' ? ['-seek_timestamp', '1'] : []), '-ss', formatNumber(seekSec)]
  return [...(seekSec === 0 ? [] : seek), '-i', `file:${inputName(index)}`]
}
