import type { ProbedStream } from './ffprobe-output.js'

/** A number as ffprobe prints it; null: unknown. */
export function numberOf(text: string | undefined): number | null {
  const value = Number.parseFloat(text ?? '')
  return Number.isFinite(value) ? value : null
}

/** Seconds that a stream lasts by its header; null: it says nothing. Of Matroska ffprobe prints the length of the file. */
export function statedLength(stream: ProbedStream): number | null {
  return taggedDuration(stream) ?? numberOf(stream.duration)
}

/** In Matroska only a tag tells the duration of a stream, by the time of its end: `00:01:02.500000000`. */
function taggedDuration({ tags, start_time: start }: ProbedStream): number | null {
  const parts = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/
    .exec(tags?.['DURATION'] ?? '')
    ?.slice(1)
    .map(Number)
  if (!parts) return null
  const [hours = 0, minutes = 0, seconds = 0] = parts
  const durationSec = hours * 3600 + minutes * 60 + seconds - (numberOf(start) ?? 0)
  return durationSec > 0 ? durationSec : null
}
