import { AppError } from '../../errors.js'
import { rational, toNumber } from '../../plan/frames/rational.js'
import { excessOfSource } from '../../plan/inputs/source-limits.js'
import {
  type AudioFacts,
  isStillImage,
  type MediaFacts,
  type Rational,
  type Rotation,
  type VideoFacts,
} from '../../plan/model/facts.js'
import { containerKind } from './containers.js'
import type { ProbedFile, ProbedFormat, ProbedStream } from './ffprobe-output.js'

/** Frame rate of a video without a useful one. */
const STILL_FRAME_RATE: Rational = { num: 25, den: 1 }

/** A stated rate above this is the timebase of a video with a variable rate. Frames per second. */
const MAX_NOMINAL_RATE = 240

/** Below this rate no player seeks, and no edit cuts, at a useful place. Frames per second. */
const MIN_NOMINAL_RATE = 1

/**
 * Reads the facts from ffprobe's answer.
 * @throws AppError `unsupported-media` when there is neither picture nor sound, or the picture has no size;
 *   `media-over-limits`
 */
export function mediaFacts({ format, streams }: ProbedFile): MediaFacts {
  const shown = mainPicture(streams)
  const sounds = streams.filter(({ codec_type, channels }) => codec_type === 'audio' && (channels ?? 0) > 0)
  const codecs = [shown, ...sounds].flatMap((stream) => stream?.codec_name ?? [])
  const kind = containerKind(format.format_name, format.tags?.['major_brand'], codecs, shown !== undefined)
  const isHeard = sounds.some(canDecode)
  if (!kind || codecs.length === 0 || (!shown && !isHeard)) {
    throw new AppError('unsupported-media', 'The file is not a supported video, image or audio file.')
  }
  const isStill = isStillImage({ format: format.format_name })
  const startSec = isStill ? 0 : (number(format.start_time) ?? 0)
  const durationSec = isStill ? 0 : (lengthOf(format, startSec) ?? longest(streams))
  const picture = shown && { ...shown, ...(format.format_name === 'avi' ? countedLength(shown) : {}) }
  const facts: MediaFacts = {
    format: format.format_name,
    ...kind,
    durationSec,
    startSec,
    sizeBytes: number(format.size) ?? 0,
    bitRate: number(format.bit_rate),
    video: picture ? videoFacts(picture, durationSec) : null,
    audio: sounds.map((stream) => audioFacts(stream, durationSec)),
  }
  return withinLimits(facts)
}

/** Dispositions of pictures beside the film: covers and previews. */
const BESIDE = ['attached_pic', 'still_image', 'timed_thumbnails']

/** Codecs of single pictures. A film may be coded so, but where another track is a film, such a one is its cover. */
const STILL_CODECS = ['bmp', 'gif', 'jpegxl', 'mjpeg', 'png', 'tiff', 'webp']

/** The film: of those that can be decoded, what moves before a still, then the default or enabled one, then the first. */
function mainPicture(streams: readonly ProbedStream[]): ProbedStream | undefined {
  const pictures = streams.filter(
    ({ codec_type: type, disposition }) =>
      type === 'video' && !BESIDE.some((name) => disposition?.[name] === 1),
  )
  const rank = (stream: ProbedStream) =>
    (stream.pix_fmt === undefined ? 4 : 0) +
    (STILL_CODECS.includes(stream.codec_name ?? '') ? 2 : 0) +
    (stream.disposition?.['default'] === 1 ? 0 : 1)
  return [...pictures].sort((a, b) => rank(a) - rank(b))[0]
}

/** ffprobe opens a decoder for each stream that it has one for, and that tells the form of the samples. */
function canDecode({ sample_fmt: form }: ProbedStream): boolean {
  return form !== undefined && form !== 'unknown'
}

/** Dispositions and titles of sound that is not the picture's own. */
function roleOf({ disposition, tags }: ProbedStream): Pick<AudioFacts, 'role'> {
  const is = (...names: readonly string[]) => names.some((name) => disposition?.[name] === 1)
  const title = tags?.['title'] ?? tags?.['handler_name'] ?? ''
  if (is('visual_impaired', 'descriptions') || /\b(audio ?descri|descriptive)/i.test(title)) {
    return { role: 'description' }
  }
  return is('comment') || /\bcommentary\b/i.test(title) ? { role: 'commentary' } : {}
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
  const stated = number(duration)
  if (stated === null || !ENDS_STATED.includes(name)) return stated
  // Some writers state the length all the same.
  return stated > startSec ? stated - startSec : stated
}

function videoFacts(stream: ProbedStream, fileDurationSec: number): VideoFacts {
  const { width: codedWidth = 0, height: codedHeight = 0 } = stream
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
    ...displayedSize(codedWidth, codedHeight, sampleAspect, rotation),
    rotation,
    sampleAspect,
    frameRate: frameRateOf(stream),
    frameCount: null,
    startSec: number(stream.start_time) ?? 0,
    durationSec: number(stream.duration) ?? taggedDuration(stream) ?? fileDurationSec,
    bitRate: number(stream.bit_rate),
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
  const [frames, rate] = [number(nb_frames), fraction(avg_frame_rate, '/')]
  return frames !== null && rate ? { duration: String(frames / toNumber(rate)) } : {}
}

function audioFacts(stream: ProbedStream, fileDurationSec: number): AudioFacts {
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    sampleRate: number(stream.sample_rate) ?? 48_000,
    channels: stream.channels ?? 0,
    channelLayout: stream.channel_layout ?? null,
    isDefault: stream.disposition?.['default'] === 1,
    ...roleOf(stream),
    ...(canDecode(stream) ? {} : { cannotDecode: true }),
    language: stream.tags?.['language'] ?? null,
    startSec: number(stream.start_time) ?? 0,
    durationSec: number(stream.duration) ?? fileDurationSec,
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

/** In Matroska only a tag tells the duration of a stream, by the time of its end: `00:01:02.500000000`. */
function taggedDuration({ tags, start_time: start }: ProbedStream): number | null {
  const parts = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/
    .exec(tags?.['DURATION'] ?? '')
    ?.slice(1)
    .map(Number)
  if (!parts) return null
  const [hours = 0, minutes = 0, seconds = 0] = parts
  const durationSec = hours * 3600 + minutes * 60 + seconds - (number(start) ?? 0)
  return durationSec > 0 ? durationSec : null
}

/** Size with square pixels. The picture is enlarged in one direction and never shrunk, so no pixel is lost. */
function displayedSize(codedWidth: number, codedHeight: number, aspectRatio: Rational, rotation: Rotation) {
  const ratio = toNumber(aspectRatio)
  const width = ratio > 1 ? Math.round(codedWidth * ratio) : codedWidth
  const height = ratio < 1 ? Math.round(codedHeight / ratio) : codedHeight
  return rotation === 90 || rotation === 270 ? { width: height, height: width } : { width, height }
}

/** ffprobe's display matrix rotates counter-clockwise, the older `rotate` tag clockwise. */
function rotationOf(stream: ProbedStream): Rotation {
  const matrix = stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation
  const clockwise = matrix === undefined ? (number(stream.tags?.['rotate']) ?? 0) : -matrix
  const turn = ((Math.round(clockwise) % 360) + 360) % 360
  return turn === 90 || turn === 180 || turn === 270 ? turn : 0
}

/**
 * The nominal rate, unless it is far from the average: then the source's rate varies, `r_frame_rate` is only the
 * finest step of its timestamps, and the average is used.
 */
function frameRateOf(stream: ProbedStream): Rational {
  const nominal = fraction(stream.r_frame_rate, '/')
  const average = fraction(stream.avg_frame_rate, '/')
  const candidate = nominal && average && isClose(nominal, average) ? nominal : (average ?? nominal)
  const isUseful =
    candidate && toNumber(candidate) <= MAX_NOMINAL_RATE && toNumber(candidate) >= MIN_NOMINAL_RATE
  return isUseful ? candidate : STILL_FRAME_RATE
}

/** The nominal rate of an interlaced stream may count fields, which makes it no variable rate. */
function isVariableRate(stream: ProbedStream): boolean {
  const nominal = fraction(stream.r_frame_rate, '/')
  const average = fraction(stream.avg_frame_rate, '/')
  if (average && toNumber(average) < MIN_NOMINAL_RATE) return true
  if (!nominal || !average || isClose(nominal, average)) return false
  const isFieldRate = isClose(nominal, rational(average.num * 2, average.den))
  return !(isFieldRate && stream.field_order !== undefined && stream.field_order !== 'progressive')
}

function isClose(a: Rational, b: Rational): boolean {
  return Math.abs(toNumber(a) - toNumber(b)) <= toNumber(b) * 0.01
}

function aspect(text: string | undefined): Rational {
  return fraction(text, ':') ?? { num: 1, den: 1 }
}

function fraction(text: string | undefined, separator: string): Rational | null {
  const [num = 0, den = 0] = (text ?? '').split(separator).map(Number)
  return num > 0 && den > 0 ? rational(num, den) : null
}

function number(text: string | undefined): number | null {
  const value = Number.parseFloat(text ?? '')
  return Number.isFinite(value) ? value : null
}

function longest(streams: readonly ProbedStream[]): number {
  return Math.max(0, ...streams.map(({ duration }) => number(duration) ?? 0))
}
