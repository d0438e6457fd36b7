import { DEMUXERS } from '../probe/containers.js'
import { isErrorLine, readLogLine } from '../process/log-line.js'

/** A complaint of ffmpeg or ffprobe about a damaged file, on stderr with `-loglevel level+…`. Only parsed here. */
export type Complaint =
  /** A packet that gave no frame. */
  | { readonly of: 'packet'; readonly input: number; readonly stream: number }
  /** A frame that the decoder has partly made up. */
  | { readonly of: 'frame'; readonly input: number; readonly stream: number }
  /** Something that cannot be counted. `by`: the demuxer, parser or decoder that says it. */
  | { readonly of: 'file'; readonly by: string }

/** Where recordings were joined, the packets of MPEG-TS are numbered anew, and ffmpeg says several times that one is lost. */
export const COMPLAINTS_A_SEAM = 10

const COUNTED = [
  [/^Error while decoding stream #(\d+):(\d+)/, 'packet'],
  [/^\S*input-(\d+): corrupt decoded frame in stream (\d+)/, 'frame'],
] as const

/** Since ffmpeg 6.1 the context names the stream. */
const STREAM = /^[va]ist#(\d+):(\d+)/

const COUNTED_OF_STREAM = [
  [/^(?:Error submitting|Decoding error)/, 'packet'],
  [/^corrupt decoded frame/, 'frame'],
] as const

/** Contexts of encoders, muxers and filters, which do not speak of a source. */
const OUR_SIDE =
  /^(lib(?!dav1d)|Parsed_|graph|sws|SWR|AVIO|file|mp4|mov$|matroska$|webm$|image2|hls|dash|[va]?ost#|out#)/

/** What decoders also say at the start after a seek, or about data that they do not need. */
const HARMLESS = /mmco|[Rr]eference|find ref|co located POCs|RPS|reorder buffer|SEI type|deprecated/

/** @returns null when the line tells of no damage */
export function readComplaint(line: string): Complaint | null {
  const own = readLogLine(line)
  if (!own || own.level === 'info' || own.level === 'verbose') return null
  const { context, text } = own
  for (const [pattern, of] of COUNTED) {
    const match = pattern.exec(text)
    if (match) return { of, input: Number(match[1]), stream: Number(match[2]) }
  }
  const stream = STREAM.exec(context)
  const counted = stream && COUNTED_OF_STREAM.find(([pattern]) => pattern.test(text))
  if (counted) return { of: counted[1], input: Number(stream[1]), stream: Number(stream[2]) }
  const demuxer = context.replace(/^in#\d+\//, '')
  // `isCutOff` finds out whether a WAV lacks its end: the last packet of one that was streamed is shorter, too.
  if (text.startsWith('Packet corrupt')) return demuxer === 'wav' ? null : { of: 'file', by: demuxer }
  const isDemuxer = DEMUXERS.has(demuxer)
  const isDecoder = context !== '' && !OUR_SIDE.test(context) && !HARMLESS.test(text)
  return isErrorLine(own) && (isDemuxer || isDecoder) ? { of: 'file', by: demuxer } : null
}
