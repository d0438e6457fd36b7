import { LIMITS } from '../../edit/limits.js'
import { toNumber } from '../frames/rational.js'
import type { MediaFacts } from '../model/facts.js'
import { DECODERS } from './decoders.js'

/** Pixels of one picture: 8K film has 33 million, a phone's photo 48 million. */
const MAX_PIXELS = 50_000_000
const MAX_STREAMS = 64
/** Channels of a track: as many as ffmpeg's filters take. */
const MAX_CHANNELS = 64
/** Frames of the longest source at the highest frame rate. */
const MAX_FRAMES = LIMITS.durationSec * LIMITS.frameRate
/** Bits per second: 8K as ProRes 4444 XQ has 3.5 billion at 25 frames (Apple ProRes white paper, target data rates). */
const MAX_BIT_RATE = 4_000_000_000

/** The largest block of memory: a picture of MAX_PIXELS in four channels of 16 bits has 400 MB. */
const MAX_BLOCK_BYTES = 1024 ** 3
/** Bytes in which ffmpeg looks for what a file is, and for its tracks. Its own defaults, which a build might have changed. */
const FORMAT_PROBE_BYTES = 1024 ** 2
const PROBE_BYTES = 5_000_000
/** The same for tracks that begin late. ffmpeg keeps in memory what it reads before it knows all of them. */
const FAR_PROBE_BYTES = 100_000_000
/** Seconds of the file in which they are looked for. */
const FAR_PROBE_SEC = 3600

/** Longest source, in seconds. */
export const MAX_SOURCE_SEC = LIMITS.durationSec

/** The limits for ffmpeg and ffprobe, before each input: a file may be other than its header says. */
export const LIMIT_ARGS: readonly string[] = [
  ...['-max_pixels', String(MAX_PIXELS)],
  ...['-max_streams', String(MAX_STREAMS)],
  ...['-max_alloc', String(MAX_BLOCK_BYTES)],
  ...['-formatprobesize', String(FORMAT_PROBE_BYTES)],
  ...['-probesize', String(PROBE_BYTES)],
  ...['-codec_whitelist', DECODERS.join(',')],
]

/**
 * Behind the limits, for a file whose header does not list its tracks (MPEG-TS, MPEG-PS, FLV): makes ffmpeg look further
 * for those that begin late.
 */
export function lookArgs({ beginsLate }: Pick<MediaFacts, 'beginsLate'>): readonly string[] {
  if (!beginsLate) return []
  return ['-probesize', String(FAR_PROBE_BYTES), '-analyzeduration', String(FAR_PROBE_SEC * 1e6)]
}

/** Which limit a file exceeds, as a sentence for people; null: it is within all limits. */
export function excessOfSource(facts: MediaFacts): string | null {
  const { video, audio, durationSec, bitRate } = facts
  const channels = Math.max(0, ...audio.map((track) => track.channels))
  const pixels = video ? video.codedWidth * video.codedHeight : 0
  const frames = video ? (video.frameCount ?? durationSec * toNumber(video.frameRate)) : 0
  if (pixels > MAX_PIXELS) return `The picture has more than ${MAX_PIXELS / 1e6} million pixels.`
  if (channels > MAX_CHANNELS)
    return `A sound track has ${channels} channels. At most ${MAX_CHANNELS} can be used.`
  if (durationSec > LIMITS.durationSec) return `It is longer than ${LIMITS.durationSec / 3600} hours.`
  if (frames > MAX_FRAMES) return `It has more than ${MAX_FRAMES} frames.`
  if (bitRate !== null && bitRate > MAX_BIT_RATE)
    return `It has more than ${MAX_BIT_RATE / 1e9} billion bits per second.`
  return null
}
