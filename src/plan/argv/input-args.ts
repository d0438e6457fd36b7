import { formatNumber } from '../format-number.js'
import type { PassInput } from '../plan.js'

/** Name of a pass's n-th input in its work folder. */
export function inputName(index: number): string {
  return `input-${index}`
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
