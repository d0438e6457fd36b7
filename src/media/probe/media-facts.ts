import { AppError } from '../../errors.js'
import { rational, toNumber } from '../../plan/frames/rational.js'
import { excessOfSource, MAX_SOURCE_SEC } from '../../plan/inputs/source-limits.js'
import type { AudioFacts, MediaFacts, Rational, VideoFacts } from '../../plan/model/facts.js'
import { isStillImage } from '../../plan/model/image-kinds.js'
import { canDecode, isOfOtherProgram, mainPicture, roleOf } from './choose-tracks.js'
import { containerKind, JUMPING } from './containers.js'
import { changesOf, rotationOf, shownPart } from './decoder-changes.js'
import { aspect, displayedSize, fraction } from './displayed-size.js'
import type { ProbedFile, ProbedFormat, ProbedStream } from './ffprobe-output.js'
import { numberOf, statedLength } from './stated-length.js'
import { textTracks } from './text-tracks.js'

/** Frame rate of a video without a useful one. */
export const STILL_FRAME_RATE: Rational = { num: 25, den: 1 }

/** A stated rate above this is the timebase of a video with a variable rate. Frames per second. */
const MAX_NOMINAL_RATE = 240

/** Below this rate no player seeks, and no edit cuts, at a useful place. Frames per second. */
export const MIN_NOMINAL_RATE = 1

/**
 * Reads the facts from ffprobe's answer.
 * @throws AppError `unsupported-media` when there is neither picture nor sound, or the picture has no size;
 *   `media-over-limits`
 */
export function mediaFacts({ format, streams, programs = [] }: ProbedFile): MediaFacts {
  const shown = mainPicture(streams)
  const sounds = streams.filter(({ codec_type, channels }) => codec_type === 'audio' && (channels ?? 0) > 0)
  const codecs = [shown, ...sounds].flatMap((stream) => stream?.codec_name ?? [])
  const kind = containerKind(format.format_name, format.tags?.['major_brand'], codecs, shown !== undefined)
  const isHeard = sounds.some(canDecode)
  if (!kind || codecs.length === 0 || (!shown && !isHeard)) {
    throw new AppError('unsupported-media', 'The file is not a supported video, image or audio file.')
  }
  const isStill = isStillImage({ format: format.format_name })
  const startSec = isStill ? 0 : (numberOf(format.start_time) ?? 0)
  const statedSec = lengthOf(format, startSec) ?? longest(streams)
  // Where clocks jump, only the packets tell the length.
  const isJump = statedSec > MAX_SOURCE_SEC && JUMPING.includes(format.format_name)
  const durationSec = isStill || isJump ? 0 : statedSec
  const picture = shown && { ...shown, ...(format.format_name === 'avi' ? countedLength(shown) : {}) }
  const facts: MediaFacts = {
    format: format.format_name,
    ...kind,
    durationSec,
    startSec,
    sizeBytes: numberOf(format.size) ?? 0,
    bitRate: numberOf(format.bit_rate),
    video: picture ? videoFacts(picture, durationSec) : null,
    audio: sounds.map((stream) => ({
      ...audioFacts(stream, durationSec),
      ...(isOfOtherProgram(stream, shown, programs) ? { isOfOtherProgram: true as const } : {}),
    })),
    ...textTracks(streams),
  }
  return withinLimits(facts)
}

/** @throws AppError `media-over-limits` */
export function withinLimits(facts: MediaFacts): MediaFacts {
  const excess = excessOfSource(facts)
  if (excess !== null) throw new AppError('media-over-limits', excess)
  return facts
}

/** Formats that state at what time the file ends; the others state how long it is. */
const ENDS_STATED = ['matroska,webm', 'flv']

function lengthOf({ format_name: name, duration }: ProbedFormat, startSec: number): number | null {
  const stated = numberOf(duration)
  if (stated === null || !ENDS_STATED.includes(name)) return stated
  // Some writers state the length all the same.
  return stated > startSec ? stated - startSec : stated
}

function videoFacts(stream: ProbedStream, fileDurationSec: number): VideoFacts {
  const { width: codedWidth = 0, height: codedHeight = 0 } = shownPart(stream)
  if (codedWidth < 1 || codedHeight < 1 || !stream.codec_name) {
    throw new AppError('unsupported-media', 'The picture of the file has no size or an unknown codec.')
  }
  const rotation = rotationOf(stream)
  const sampleAspect = aspect(stream.sample_aspect_ratio)
  return {
    index: stream.index,
    codec: stream.codec_name,
    profile: stream.profile ?? null,
    pixelFormat: stream.pix_fmt ?? 'unknown',
    codedWidth,
    codedHeight,
    ...displayedSize({ width: codedWidth, height: codedHeight }, sampleAspect, rotation),
    rotation,
    ...changesOf(stream),
    sampleAspect,
    frameRate: frameRateOf(stream),
    frameCount: null,
    startSec: numberOf(stream.start_time) ?? 0,
    durationSec: statedLength(stream) ?? fileDurationSec,
    bitRate: numberOf(stream.bit_rate),
    colorRange: stream.color_range ?? null,
    colorSpace: stream.color_space ?? null,
    colorTransfer: stream.color_transfer ?? null,
    colorPrimaries: stream.color_primaries ?? null,
    fieldOrder: stream.field_order ?? null,
    ...(hasAlphaLayer(stream) ? { hasAlphaLayer: true } : {}),
    ...dolbyVisionOf(stream),
    isVariableRate: isVariableRate(stream),
  }
}

/** An AVI file states its number of frames. ffprobe guesses its duration from its size, which may have been cut. */
function countedLength({ nb_frames, avg_frame_rate }: ProbedStream): Pick<ProbedStream, 'duration'> {
  const [frames, rate] = [numberOf(nb_frames), fraction(avg_frame_rate, '/')]
  return frames !== null && rate ? { duration: String(frames / toNumber(rate)) } : {}
}

function audioFacts(stream: ProbedStream, fileDurationSec: number): AudioFacts {
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    sampleRate: numberOf(stream.sample_rate) ?? 48_000,
    channels: stream.channels ?? 0,
    channelLayout: stream.channel_layout ?? null,
    isDefault: stream.disposition?.['default'] === 1,
    ...roleOf(stream),
    ...(canDecode(stream) ? {} : { cannotDecode: true }),
    language: stream.tags?.['language'] ?? null,
    startSec: numberOf(stream.start_time) ?? 0,
    durationSec: numberOf(stream.duration) ?? fileDurationSec,
  }
}

function dolbyVisionOf({ side_data_list: list = [] }: ProbedStream): Pick<VideoFacts, 'dolbyVision'> {
  const record = list.find(({ dv_profile }) => dv_profile !== undefined)
  if (record?.dv_profile === undefined) return {}
  const { dv_profile: profile, dv_bl_signal_compatibility_id: compatibility = 0 } = record
  return { dolbyVision: { profile, compatibility } }
}

/** Matroska's tag says so for these codecs; other codecs have transparency in the picture itself. */
function hasAlphaLayer({ codec_name: codec, tags }: ProbedStream): boolean {
  return (codec === 'vp8' || codec === 'vp9') && tags?.['alpha_mode'] === '1'
}

/**
 * The nominal rate, unless it is far from the average: then the source's rate varies, `r_frame_rate` is only the
 * finest step of its timestamps, and the average is used.
 */
export function frameRateOf(stream: Pick<ProbedStream, 'r_frame_rate' | 'avg_frame_rate'>): Rational {
  const nominal = fraction(stream.r_frame_rate, '/')
  const average = fraction(stream.avg_frame_rate, '/')
  const candidate = nominal && average && isClose(nominal, average) ? nominal : (average ?? nominal)
  const isUseful =
    candidate && toNumber(candidate) <= MAX_NOMINAL_RATE && toNumber(candidate) >= MIN_NOMINAL_RATE
  return isUseful ? candidate : STILL_FRAME_RATE
}

/** The nominal rate may count fields, of MPEG-1 since ffmpeg 7 even where there are none: that is no variable rate. */
function isVariableRate(stream: ProbedStream): boolean {
  const nominal = fraction(stream.r_frame_rate, '/')
  const average = fraction(stream.avg_frame_rate, '/')
  if (average && toNumber(average) < MIN_NOMINAL_RATE) return true
  if (!nominal || !average || isClose(nominal, average)) return false
  return !isClose(nominal, rational(average.num * 2, average.den))
}

/** ffprobe's average of a damaged or short file is beside the nominal rate by this share; 24 and 25 differ by twice that. */
const SAME_RATE_SHARE = 0.02

function isClose(a: Rational, b: Rational): boolean {
  return Math.abs(toNumber(a) - toNumber(b)) <= toNumber(b) * SAME_RATE_SHARE
}

function longest(streams: readonly ProbedStream[]): number {
  return Math.max(0, ...streams.map(({ duration }) => numberOf(duration) ?? 0))
}
