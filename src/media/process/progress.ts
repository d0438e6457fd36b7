import { createLineReader } from './line-reader.js'

/** How far ffmpeg is in the output, from `-progress pipe:1`. */
export interface FfmpegProgress {
  /** Position in the output in microseconds. */
  readonly outTimeUs: number
  readonly frames: number
  /** Seconds of output per second of wall clock; null until ffmpeg reports it. */
  readonly speed: number | null
}

/**
 * Reads the `key=value` lines of `-progress` from chunks cut anywhere. Each report ends with a `progress` line.
 * `out_time_us` is in microseconds, and so is `out_time_ms` (https://trac.ffmpeg.org/ticket/7345).
 */
export function createProgressReader(
  onProgress: (progress: FfmpegProgress) => void,
): (chunk: Buffer) => void {
  let fields: Record<string, string> = {}
  return createLineReader((line) => {
    const [key = '', value = ''] = line.split('=', 2)
    fields[key.trim()] = value.trim()
    if (key !== 'progress') return
    onProgress(toProgress(fields))
    fields = {}
  }).read
}

function toProgress(fields: Readonly<Record<string, string>>): FfmpegProgress {
  const speed = Number.parseFloat(fields['speed'] ?? '')
  return {
    // It is "N/A" before the first frame and negative while B-frames are pending: both mean 0.
    outTimeUs: Math.max(0, Number(fields['out_time_us']) || 0),
    frames: Number(fields['frame']) || 0,
    speed: Number.isFinite(speed) ? speed : null,
  }
}
