import type { FoundTexts, TextFacts } from '../../plan/model/texts.js'
import type { ProbedStream } from './ffprobe-output.js'

/** Codecs of subtitles that are text. Others are pictures, or lie within the film. */
const TEXT_CODECS = ['mov_text', 'subrip', 'srt', 'text', 'ass', 'ssa', 'webvtt', 'ttml']

/** Whether a name is that of a handler, as programs write it by themselves. */
function isHandler(name: string): boolean {
  const text = name.toLowerCase()
  const subtitleAt = text.indexOf('subtitle')
  if (subtitleAt >= 0 && text.includes('handler', subtitleAt)) return true
  return text.startsWith('gpac ') || text === 'textmediahandler'
}

/** The tracks of text of a file. */
export function textTracks(streams: readonly ProbedStream[]): FoundTexts {
  const texts = streams.flatMap((stream): TextFacts[] => {
    const { codec_type: type, codec_name: codec = '', tags, disposition } = stream
    if (type !== 'subtitle' || !TEXT_CODECS.includes(codec)) return []
    const name = (tags?.['title'] ?? tags?.['handler_name'] ?? '').trim()
    return [
      {
        index: stream.index,
        codec,
        language: tags?.['language'] ?? null,
        name: name === '' || isHandler(name) ? null : name,
        isForced: disposition?.['forced'] === 1,
      },
    ]
  })
  return texts.length > 0 ? { texts } : {}
}
