import type { Container } from '../../edit/output/formats.js'
import { COPY_COST } from '../chunks/assembly.js'
import type { Film } from '../chunks/film-groups.js'
import { partList } from '../chunks/part-list.js'
import { type FrameWindow, lengthOf, totalLength } from '../frames/frame-window.js'
import { framesToSec } from '../frames/rational.js'
import { sourceInput } from '../inputs/source-input.js'
import type { Rational } from '../model/facts.js'
import { PART_FORMAT } from '../model/made-formats.js'
import type { Assembly, CopiedPictures, CopiedSound, FrameClock, PassInput } from '../model/plan.js'
import type { Source } from '../model/sources.js'
import { HEAD_FILE, inputName } from '../model/work-files.js'
import type { CopiedFilm } from './choose-copying.js'

/** A copied or encoded part of a film. */
export type SplicePart =
  | { readonly kind: 'copy'; readonly window: FrameWindow; readonly source: FrameWindow }
  /** `key`: storage key of the part. */
  | { readonly kind: 'encode'; readonly window: FrameWindow; readonly key: string }

interface Splice {
  readonly film: Film
  readonly copied: CopiedFilm
  readonly container: Container
  readonly source: Source
  /** All parts of the film, ascending. */
  readonly parts: readonly SplicePart[]
  readonly sound: CopiedSound | null
  /** Storage key of encoded sound; null: there is none. */
  readonly soundKey: string | null
}

/** The assembly that joins encoded parts with what is copied from the source. */
export function compileSplice(splice: Splice): Assembly {
  const { film, copied, container, source, parts, sound, soundKey } = splice
  const { output, pass } = film.compiled
  const { expected } = pass.encodes[0]
  const encoded = parts.flatMap((part) => (part.kind === 'encode' ? [part.key] : []))
  const made = [...encoded, ...(soundKey === null ? [] : [soundKey])]
  const inputs = made.map((key): PassInput => ({ key, format: PART_FORMAT, seekSec: 0 }))
  const files = filesOf(parts)
  const isMixed = encoded.length > 0
  const listed = parts.map(({ window }, index) => ({
    file: isMixed && index === 0 ? HEAD_FILE : (files[index] ?? ''),
    startSec: framesToSec(window.start, film.picture.frameRate),
  }))
  const isCopied = !isMixed && (sound !== null || !expected.hasAudio)
  const kind = isCopied ? pass.kind : 'assemble'
  return {
    name: `${isCopied ? 'copy' : 'assemble'}-${output.name}`,
    kind,
    summary: `${output.name}, ${percentCopied(parts)} % copied, ${expected.durationSec.toFixed(1)} s`,
    inputs: [...inputs, sourceInput(source)],
    sideFiles: [partList(listed, expected.durationSec)],
    graph: [],
    outputNames: [output.name],
    cost: COPY_COST * expected.durationSec,
    key: output.key,
    container,
    codec: copied.source.codec.codec,
    hasSound: soundKey !== null,
    expected,
    copies: {
      input: inputs.length,
      encodedParts: encoded.length,
      pictures: picturesOf(parts, files, copied),
      sound,
      pace: frameClockOf(film.picture.frameRate, copied),
      head: isMixed ? (files[0] ?? null) : null,
    },
  }
}

/** Names of the parts in the work folder: inputs, and copies that are made there. */
function filesOf(parts: readonly SplicePart[]): string[] {
  let [inputs, copies] = [0, 0]
  return parts.map(({ kind }) => {
    if (kind === 'copy') return `copy-${copies++}.mp4`
    return inputName(inputs++)
  })
}

function picturesOf(
  parts: readonly SplicePart[],
  files: readonly string[],
  { source: { video } }: CopiedFilm,
): CopiedPictures[] {
  return parts.flatMap((part, index): CopiedPictures[] => {
    if (part.kind === 'encode') return []
    // Half a frame early, so that rounded times cannot hide the wanted frame.
    const seekSec = video.startSec + framesToSec(part.source.start - 0.5, video.frameRate)
    const frames = lengthOf(part.source)
    return [{ file: files[index] ?? '', stream: video.index, seekSec, frames }]
  })
}

/** MP4's muxer has clocks of at least this many ticks per second. */
const LEAST_TICKS = 10_000

/** The clock that the muxer gives to parts of this frame rate. */
function frameClockOf({ num, den }: Rational, { source, likeness }: CopiedFilm): FrameClock {
  let factor = 1
  while (num * factor < LEAST_TICKS) factor *= 2
  return {
    ticks: num * factor,
    ticksPerFrame: den * factor,
    aheadFrames: Math.max(source.groups.reorderFrames, likeness?.reorderFrames ?? 0),
  }
}

function percentCopied(parts: readonly SplicePart[]): number {
  const framesOf = (some: readonly SplicePart[]) => totalLength(some.map(({ window }) => window))
  return Math.floor((100 * framesOf(parts.filter(({ kind }) => kind === 'copy'))) / framesOf(parts))
}
