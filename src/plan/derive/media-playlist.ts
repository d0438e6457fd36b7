/** A segment of a track as ffmpeg's playlist lists it. */
interface Segment {
  readonly name: string
  readonly sec: number
}

/** The segments of a track. */
export interface MediaPlaylist {
  /** Name of the initialisation segment. */
  readonly init: string
  readonly segments: readonly Segment[]
}

export function readPlaylist(text: string): MediaPlaylist {
  const segments = [...text.matchAll(/#EXTINF:([\d.]+),[^]*?\n([^#\n]+)\n/g)].map(
    ([, sec, name]): Segment => ({ name: name ?? '', sec: Number(sec) }),
  )
  return { init: /#EXT-X-MAP:URI="([^"]+)"/.exec(text)?.[1] ?? '', segments }
}

/** Seconds of the longest segment. */
export function longestSec({ segments }: MediaPlaylist): number {
  return Math.max(0, ...segments.map(({ sec }) => sec))
}

/** Seconds of all segments together. */
export function lengthSec({ segments }: MediaPlaylist): number {
  return segments.reduce((sum, { sec }) => sum + sec, 0)
}

/**
 * The target duration of playlists, which all renditions of a stream share: no segment, rounded to whole seconds, is
 * longer (RFC 8216, 4.3.3.1 and 6.2.4). Players divide by it, so that it is never 0.
 */
export function targetSec(playlists: readonly MediaPlaylist[]): number {
  return Math.max(1, ...playlists.map((playlist) => Math.round(longestSec(playlist))))
}

/** Bits per second. */
export interface Rate {
  /** Of the contiguous segments that have most. */
  readonly peak: number
  /** Of all segments together. */
  readonly average: number
}

/**
 * Measures bit rates from the lengths of segments and the sizes of their files. The peak is that of any contiguous
 * segments that last between a half and one and a half times the target duration (RFC 8216, 4.1).
 */
export function measureRate(
  { segments }: MediaPlaylist,
  sizes: ReadonlyMap<string, number>,
  target: number,
): Rate {
  const measured = segments.map(({ name, sec }) => ({ sec, bits: (sizes.get(name) ?? 0) * 8 }))
  const average = rateOf(measured)
  const runs = measured.flatMap((_, start) => {
    const found: number[] = []
    let run = { sec: 0, bits: 0 }
    for (const { sec, bits } of measured.slice(start)) {
      run = { sec: run.sec + sec, bits: run.bits + bits }
      if (run.sec > target * 1.5) break
      if (run.sec >= target * 0.5) found.push(run.bits / run.sec)
    }
    return found
  })
  return { peak: Math.max(average, ...runs), average }
}

function rateOf(measured: readonly { readonly sec: number; readonly bits: number }[]): number {
  const sec = measured.reduce((sum, one) => sum + one.sec, 0)
  const bits = measured.reduce((sum, one) => sum + one.bits, 0)
  return sec > 0 ? bits / sec : 0
}

/** A part of a file. */
export interface ByteRange {
  readonly offset: number
  readonly length: number
}

/** A playlist of the key frames with which segments begin (RFC 8216, 4.3.3.6). */
export function writeKeyFrames(
  { init, segments }: MediaPlaylist,
  target: number,
  keyFrameOf: (segment: string) => ByteRange,
): string {
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${target}`,
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-I-FRAMES-ONLY',
    `#EXT-X-MAP:URI="${init}"`,
    ...segments.flatMap(({ name, sec }) => {
      const { offset, length } = keyFrameOf(name)
      return [`#EXTINF:${sec.toFixed(6)},`, `#EXT-X-BYTERANGE:${length}@${offset}`, name]
    }),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')
}

/** The playlist without what ffmpeg adds: the time of day, and a target duration of 0 for a short film. */
export function writePlaylist({ init, segments }: MediaPlaylist, target: number): string {
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${target}`,
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXT-X-MAP:URI="${init}"`,
    ...segments.flatMap(({ name, sec }) => [`#EXTINF:${sec.toFixed(6)},`, name]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')
}
