import { DEMUXERS } from '../probe/containers.js'

/** A complaint of ffmpeg or ffprobe about a damaged file, on stderr with `-loglevel level+…`. Only parsed here. */
export type Complaint =
  /** A packet that gave no frame. */
  | { readonly of: 'packet'; readonly input: number; readonly stream: number }
  /** A frame that the decoder has partly made up. */
  | { readonly of: 'frame'; readonly input: number; readonly stream: number }
  /** Something that cannot be counted. */
  | { readonly of: 'file' }

/** `[context @ 0x55…] [level] text`; contexts may follow one another. */
const LINE = /^(?:\[([^\]]+?) @ 0x[0-9a-f]+\] )?(?:\[[^\]]+ @ [^\]]+\] )*\[(\w+)\] (.*)$/

const COUNTED = [
  [/Error while decoding stream #(\d+):(\d+)/, 'packet'],
  [/input-(\d+): corrupt decoded frame in stream (\d+)/, 'frame'],
  // Since ffmpeg 6.1 the context names the stream.
  [/^\[[va]ist#(\d+):(\d+).*(?:Error submitting|Decoding error)/, 'packet'],
  [/^\[[va]ist#(\d+):(\d+).*corrupt decoded frame/, 'frame'],
] as const

/** Contexts of encoders, muxers and filters, which do not speak of a source. */
const OUR_SIDE =
  /^(lib(?!dav1d)|Parsed_|graph|sws|SWR|AVIO|file|mp4|mov$|matroska$|webm$|image2|hls|dash|[va]?ost#|out#)/

/** What decoders also say at the start after a seek, or about data that they do not need. */
const HARMLESS = /mmco|[Rr]eference|find ref|co located POCs|RPS|reorder buffer|SEI type|deprecated/

/** @returns null when the line tells of no damage */
export function readComplaint(line: string): Complaint | null {
  const [, context = '', level = '', text = ''] = LINE.exec(line) ?? []
  for (const [pattern, of] of COUNTED) {
    const match = pattern.exec(line)
    if (match) return { of, input: Number(match[1]), stream: Number(match[2]) }
  }
  if (/corrupt input packet|Packet corrupt/.test(text)) return { of: 'file' }
  const isError = level === 'error' || level === 'fatal'
  const isDemuxer = DEMUXERS.has(context.replace(/^in#\d+\//, ''))
  const isDecoder = context !== '' && !OUR_SIDE.test(context) && !HARMLESS.test(text)
  return isError && (isDemuxer || isDecoder) ? { of: 'file' } : null
}
