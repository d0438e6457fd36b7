import { chooseLayout } from '../chunks/choose-layout.js'
import { type Chunk, type ChunkedEdit, compileChunk } from '../chunks/compile-chunk.js'
import type { Film } from '../chunks/film-groups.js'
import { layoutWindows } from '../chunks/layout.js'
import { compileSounds } from '../chunks/sound-parts.js'
import { renditionWork } from '../chunks/work.js'
import { type FrameWindow, lengthOf, shift } from '../frames/frame-window.js'
import { framesToSec } from '../frames/rational.js'
import { isFilmCoding } from '../model/encode.js'
import type { AudioFacts } from '../model/facts.js'
import type { Assembly, CopiedSound, Encode, Pass, SourceMatch } from '../model/plan.js'
import type { PartWorkers } from '../model/spreading.js'
import type { CopiedFilm } from './choose-copying.js'
import { copiedSound } from './copied-sound.js'
import { isOurSound } from './kept-sound.js'
import type { Piece } from './pieces.js'
import { isSameAsSource } from './same-as-source.js'
import { compileSplice, type SplicePart } from './splice.js'

export interface CopiedRendition {
  readonly passes: readonly Pass[]
  readonly assembly: Assembly
}

/** A rendition made of pieces of the source and of what lies between them. null: this rendition cannot be copied. */
export function copyRendition(job: ChunkedEdit, film: Film, copied: CopiedFilm): CopiedRendition | null {
  const { edit, sources, container, workers } = job
  const { facts } = sources.video
  if (edit.output && !isSameAsSource(film, container, facts, copied.source)) return null
  const chunks = copied.likeness ? compileEncoded(job, film, copied.pieces, copied.likeness) : []
  const sound = soundOf(job, film, copied)
  const encoded = sound
    ? null
    : compileSounds([film.compiled], workers, `encodeAudio-${film.compiled.output.name}`)
  return {
    passes: [...chunks.map(({ pass }) => pass), ...(encoded?.passes ?? [])],
    assembly: compileSplice({
      film,
      copied,
      container,
      source: sources.video,
      sound,
      parts: partsOf(film, copied, chunks),
      soundKey: encoded?.keys.get(film.compiled.output.name) ?? null,
    }),
  }
}

/** The pieces that are encoded, cut into chunks like any film. */
function compileEncoded(
  job: ChunkedEdit,
  film: Film,
  pieces: readonly Piece[],
  likeness: SourceMatch,
): Chunk[] {
  const encoded = pieces.filter(({ kind }) => kind === 'encode')
  const windows = encoded.flatMap(({ window }) => cutPiece(film, window, job.workers))
  return windows.map((window, index) => {
    const chunk = compileChunk(job, [film], { index, count: windows.length, window, isShared: true })
    return { ...chunk, pass: likened(chunk.pass, film, likeness) }
  })
}

function cutPiece(film: Film, window: FrameWindow, { slots }: PartWorkers): FrameWindow[] {
  const { coding, picture } = film
  const frames = lengthOf(window)
  const whole = renditionWork(film)
  const layout = chooseLayout(
    {
      renditions: [{ ...whole, encodeCost: (whole.encodeCost * frames) / picture.frameCount }],
      editCost: 0,
      editBytes: 0,
      soundCost: 0,
      gops: Math.ceil(frames / coding.gopFrames),
      durationSec: framesToSec(frames, picture.frameRate),
    },
    slots,
  )
  return layoutWindows(layout, frames, coding.gopFrames).map((chunk) => shift(chunk.window, window.start))
}

function likened(pass: Pass, { compiled }: Film, likeness: SourceMatch): Pass {
  const [first, ...others] = pass.encodes
  const like = (encode: Encode): Encode => {
    const { video } = encode
    if (!video || !isFilmCoding(video.coding)) return encode
    return { ...encode, video: { ...video, coding: { ...video.coding, likeness } } }
  }
  return { ...pass, kind: compiled.pass.kind, encodes: [like(first), ...others.map(like)] }
}

function partsOf({ compiled }: Film, { pieces }: CopiedFilm, chunks: readonly Chunk[]): SplicePart[] {
  const encoded = chunks.map(({ window, keys }): SplicePart => {
    return { kind: 'encode', window, key: keys.get(compiled.output.name) ?? '' }
  })
  const copies = pieces.filter((piece) => piece.kind === 'copy')
  return [...encoded, ...copies].sort((a, b) => a.window.start - b.window.start)
}

/** Codecs of sound that players know in MP4, for a film that is copied as it is. */
const MP4_SOUNDS = ['aac', 'mp3', 'opus', 'flac', 'ac3', 'eac3', 'alac']

function soundOf({ edit, sources }: ChunkedEdit, { compiled }: Film, copied: CopiedFilm): CopiedSound | null {
  const { audio } = compiled.pass.encodes[0]
  const [kept] = copied.kept
  if (!audio || audio.furtherPads || !copied.isSoundKept || !kept) return null
  const isSame = ({ codec, channels }: AudioFacts) =>
    channels <= audio.coding.channels &&
    codec === audio.coding.codec &&
    compiled.rendition.audio_bit_rate === null
  const isKnown = ({ codec }: AudioFacts) => MP4_SOUNDS.includes(codec)
  const isFit = copied.isPure ? isKnown : edit.output ? isSame : isOurSound
  const { video } = copied.source
  const [startSec, endSec] = [kept.start, kept.end].map(
    (frame) => video.startSec + framesToSec(frame, video.frameRate),
  )
  if (startSec === undefined || endSec === undefined) return null
  return copiedSound(edit, sources.video.facts, { startSec, endSec, isFit })
}
