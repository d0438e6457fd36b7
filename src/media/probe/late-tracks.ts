import { JUMPING } from './containers.js'
import type { ProbedFile, ProbedStream } from './ffprobe-output.js'

/**
 * Whether ffprobe may not have seen a track, because it begins behind what was read: the file has no header that lists
 * its tracks, and the form of one is unknown, or there is only a picture or only sound.
 */
export function mayBeginLate({ format, streams }: ProbedFile): boolean {
  if (!JUMPING.includes(format.format_name)) return false
  const tracks = streams.filter(isTrack)
  const kinds = new Set(tracks.map(({ codec_type: kind }) => kind))
  return kinds.size < 2 || !tracks.every(isKnown)
}

/** How many tracks can be read as far as ffprobe has looked. */
export function countKnown({ streams }: ProbedFile): number {
  return streams.filter((stream) => isTrack(stream) && isKnown(stream)).length
}

function isTrack({ codec_type: kind }: ProbedStream): boolean {
  return kind === 'video' || kind === 'audio'
}

function isKnown({ codec_type: kind, width = 0, channels = 0 }: ProbedStream): boolean {
  return kind === 'video' ? width > 0 : channels > 0
}
