import type { AudioFacts } from '../../plan/model/facts.js'
import type { ProbedFile, ProbedStream } from './ffprobe-output.js'
import { statedLength } from './stated-length.js'

/** Dispositions of pictures beside the film: covers and previews. */
const BESIDE = ['attached_pic', 'still_image', 'timed_thumbnails']

/** Codecs of single pictures. A film may be coded so, but where another track is a film, such a one is its cover. */
const STILL_CODECS = ['bmp', 'gif', 'jpegxl', 'mjpeg', 'png', 'tiff', 'webp']

/** A picture is a still beside a film that is this many times as long, or if it has a single frame. */
const FILM_FACTOR = 10

/** The film: of those that can be decoded, what moves before a still, then the default or enabled one, then the first. */
export function mainPicture(streams: readonly ProbedStream[]): ProbedStream | undefined {
  const pictures = streams.filter(
    ({ codec_type: type, disposition }) =>
      type === 'video' && !BESIDE.some((name) => disposition?.[name] === 1),
  )
  const longestSec = Math.max(0, ...pictures.map((stream) => statedLength(stream) ?? 0))
  const isStill = (stream: ProbedStream) =>
    STILL_CODECS.includes(stream.codec_name ?? '') ||
    stream.nb_frames === '1' ||
    (statedLength(stream) ?? longestSec) * FILM_FACTOR < longestSec
  const rank = (stream: ProbedStream) =>
    (stream.pix_fmt === undefined ? 4 : 0) +
    (isStill(stream) ? 2 : 0) +
    (stream.disposition?.['default'] === 1 ? 0 : 1)
  return [...pictures].sort((a, b) => rank(a) - rank(b))[0]
}

/** Whether sound is of another programme than the picture. */
export function isOfOtherProgram(
  { index }: ProbedStream,
  picture: ProbedStream | undefined,
  programs: NonNullable<ProbedFile['programs']>,
): boolean {
  const has = ({ streams = [] }: (typeof programs)[number], wanted: number | undefined) =>
    streams.some((stream) => stream.index === wanted)
  return (
    programs.some((one) => has(one, picture?.index)) &&
    !programs.some((one) => has(one, picture?.index) && has(one, index))
  )
}

/** ffprobe opens a decoder for each stream that it has one for, and that tells the form of the samples. */
export function canDecode({ sample_fmt: form }: ProbedStream): boolean {
  return form !== undefined && form !== 'unknown'
}

/** Dispositions and titles of sound that is not the picture's own. */
export function roleOf({ disposition, tags }: ProbedStream): Pick<AudioFacts, 'role'> {
  const is = (...names: readonly string[]) => names.some((name) => disposition?.[name] === 1)
  const title = tags?.['title'] ?? tags?.['handler_name'] ?? ''
  if (is('visual_impaired', 'descriptions') || /\b(audio ?descri|descriptive)/i.test(title)) {
    return { role: 'description' }
  }
  return is('comment') || /\bcommentary\b/i.test(title) ? { role: 'commentary' } : {}
}
