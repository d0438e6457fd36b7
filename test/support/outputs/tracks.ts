import { readFile } from 'node:fs/promises'
import type { ChapterRequest, SubtitleTrackRequest } from '../../../src/edit/output/tracks.js'
import { ffmpeg, ffprobe } from '../lavfi.js'
import { timedTexts } from '../subtitles.js'

export function textTrack(
  subtitles: string,
  language: string,
  fields: Partial<SubtitleTrackRequest> = {},
): SubtitleTrackRequest {
  return {
    ...{ subtitles, language, name: null, default: false, forced: false, offset: 0, times: 'video' },
    ...fields,
  }
}

export function chapters(...given: readonly (readonly [number, string])[]): ChapterRequest[] {
  return given.map(([start_time, title]) => ({ start_time, title }))
}

export interface FoundTrack {
  readonly codec: string
  readonly language: string | undefined
  /** What players show. */
  readonly name: string | undefined
  readonly isDefault: boolean
  readonly isForced: boolean
}

interface ProbedTracks {
  readonly streams: readonly {
    readonly codec_name: string
    readonly tags?: { readonly language?: string; readonly title?: string; readonly handler_name?: string }
    readonly disposition: { readonly default: number; readonly forced: number }
  }[]
  readonly chapters: readonly {
    readonly start_time: string
    readonly end_time: string
    readonly tags?: { readonly title?: string }
  }[]
  readonly format: { readonly tags?: { readonly title?: string } }
}

async function probe(path: string, ...args: readonly string[]): Promise<ProbedTracks> {
  const shown = ['-show_streams', '-show_chapters', '-show_format', '-of', 'json']
  return JSON.parse(await ffprobe(...args, ...shown, path)) as ProbedTracks
}

/** The tracks of a kind: `s` for subtitles, `a` for sound. */
export async function tracksOf(path: string, kind: 's' | 'a'): Promise<FoundTrack[]> {
  const { streams } = await probe(path, '-select_streams', kind)
  return streams.map(({ codec_name: codec, tags, disposition }) => ({
    codec,
    language: tags?.language,
    name: tags?.title ?? tags?.handler_name,
    isDefault: disposition.default === 1,
    isForced: disposition.forced === 1,
  }))
}

/** The cues of a track of subtitles as `[start, end, text]`, in seconds from the start of the picture. */
export async function cuesIn(path: string, track: number): Promise<[number, number, string][]> {
  const packets = await ffprobe(
    ...['-select_streams', 'v:0', '-show_entries', 'packet=pts_time', '-read_intervals', '%+#1'],
    ...['-of', 'csv=p=0', path],
  )
  const startMs = Math.round(Number(packets.trim().split(/[,\n]/)[0]) * 1000)
  const text = await ffmpeg('-copyts', '-i', path, '-map', `0:s:${track}`, '-c:s', 'srt', '-f', 'srt', '-')
  return timedTexts('srt', text.toString('utf8')).map(([start, end, said]) => {
    return [(start - startMs) / 1000, (end - startMs) / 1000, said]
  })
}

export async function chaptersOf(path: string): Promise<[number, number, string | undefined][]> {
  const found = await probe(path)
  return found.chapters.map(({ start_time: start, end_time: end, tags }) => {
    return [Number(start), Number(end), tags?.title]
  })
}

export async function titleOf(path: string): Promise<string | undefined> {
  return (await probe(path)).format.tags?.title
}

/** The cues of a file of WebVTT as `[start, end, text]`, in seconds. */
export async function vttCues(path: string): Promise<[number, number, string][]> {
  const text = await readFile(path, 'utf8')
  return timedTexts('vtt', text).map(([start, end, said]) => [start / 1000, end / 1000, said])
}
