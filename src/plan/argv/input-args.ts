import { formatNumber } from '../graph/format-number.js'
import { LIMIT_ARGS } from '../inputs/source-limits.js'
import type { PassInput } from '../model/plan.js'
import { inputName } from '../model/work-files.js'

/** The arguments that open an input for decoding. */
export function inputArgs(input: PassInput, index: number): string[] {
  const { format, seekSec, keyFramesOnly, decoder } = input
  return [
    ...demuxerArgs(format),
    ...(decoder ? ['-c:v', decoder] : []),
    // A picture that changes its size on the way is scaled; otherwise the whole graph would begin anew.
    ...['-reinit_filter:v', '0'],
    ...(keyFramesOnly ? ['-skip_frame', 'nokey'] : []),
    ...fileArgs(index, seekSec),
  ]
}

/** The same for copying what is coded. */
export function copiedInputArgs({ format }: PassInput, index: number, seekSec: number): string[] {
  return [...demuxerArgs(format), ...fileArgs(index, seekSec)]
}

/** The same for a file that an earlier run has made in the work folder: held as tight as those of others. */
export function madeFileArgs(format: string, file: string): string[] {
  return [...demuxerArgs(format), '-i', `file:${file}`]
}

/** The same for a list of files of one format, for ffmpeg's demuxer `concat`, that we have written. */
export function listArgs(format: string, list: string): string[] {
  // All were coded alike, or the header of the first has those of all.
  return [...openArgs(`concat,${format}`, 'concat'), '-auto_convert', '0', '-i', `file:${list}`]
}

/** Only by the demuxer that the probe found, under whatever name the file has here. */
function demuxerArgs(format: string): string[] {
  const [demuxer = format] = format.split(',', 1)
  return openArgs(format, demuxer)
}

/** Only local files, and only of these formats: a playlist in disguise opens nothing else. */
function openArgs(formats: string, demuxer: string): string[] {
  return ['-protocol_whitelist', 'file', '-format_whitelist', formats, ...LIMIT_ARGS, '-f', demuxer]
}

function fileArgs(index: number, seekSec: number): string[] {
  return [...(seekSec > 0 ? ['-ss', formatNumber(seekSec)] : []), '-i', `file:${inputName(index)}`]
}
