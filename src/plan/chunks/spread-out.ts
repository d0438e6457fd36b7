import type { Container } from '../../edit/containers.js'
import type { Edit } from '../../edit/operations.js'
import type { VideoFacts } from '../facts.js'
import type { Assembly, Pass } from '../plan.js'
import { framesToSec, toNumber } from '../rational.js'
import { SOUND_COST, type CompiledRendition } from '../renditions/compile-rendition.js'
import type { Sources } from '../sources.js'
import { compileAssembly, type Part } from './assembly.js'
import { chooseLayout, type Layout } from './choose-layout.js'
import type { Capacity } from './capacity.js'
import { compileChunk, type Chunk, type ChunkedEdit } from './compile-chunk.js'
import { cutFrames } from './cut-frames.js'
import { isDivisible } from './divisible.js'
import { groupFilms, type Film, type FilmGroup } from './film-groups.js'
import type { Stage } from './stage.js'
import { compileSounds, type SoundParts } from './sound-parts.js'

export interface Spread {
  readonly passes: readonly Pass[]
  readonly assemblies: readonly Assembly[]
}

export interface Spreadable {
  readonly edit: Edit
  readonly sources: Sources
  readonly container: Container
  /** Of the material: see editStretch. */
  readonly stages: readonly Stage[]
}

/** Costs of decoding a megapixel and editing it, against encoding one. */
const EDIT_COST = 0.15

/**
 * The same renditions in chunks that are coded at the same time, each on few threads: threads of one encoder wait
 * for each other. null: it cannot be done, or is worth nothing.
 */
export function spreadOut(
  { edit, sources, container, stages }: Spreadable,
  renditions: readonly CompiledRendition[],
  capacity: Capacity,
): Spread | null {
  const { video } = sources.video.facts
  const material = stages.at(-1)
  const used = [sources.video, ...sources.videos.values()]
  if (!video || !material || !used.every(isDivisible)) return null
  const groups = groupFilms(edit, video, container, renditions)
  if (!groups) return null
  const [first, ...others] = groups.flat()
  if (!first) return null
  const layout = layOut([first, ...others], video, capacity.slots)
  if (layout.chunks <= 1) return null
  const job: ChunkedEdit = { edit, sources, container, stages, material, capacity }
  const chunks = groups.flatMap((group) => compileGroup(job, group, layout))
  const sounds = compileSounds(renditions, capacity)
  return {
    passes: [...chunks.map(({ pass }) => pass), ...sounds.passes],
    assemblies: groups.flat().map((film) => assemble(film, container, chunks, sounds)),
  }
}

/** All films last equally long, and all sound is coded in one pass unless it is coded in several ways. */
function layOut(films: FilmGroup, video: VideoFacts, slots: number): Layout {
  const [{ compiled, picture, coding }] = films
  const { audio, expected } = compiled.pass.encodes[0]
  const { durationSec } = expected
  return chooseLayout(
    {
      encodeCosts: films.map((film) => film.compiled.pass.cost),
      soundCost: audio ? SOUND_COST * durationSec : 0,
      editCost: (EDIT_COST * video.width * video.height * durationSec * toNumber(video.frameRate)) / 1e6,
      gops: Math.ceil(picture.frameCount / coding.gopFrames),
      durationSec,
    },
    slots,
  )
}

function compileGroup(job: ChunkedEdit, group: FilmGroup, { chunks, split }: Layout): Chunk[] {
  const [{ picture, coding }] = group
  const windows = cutFrames(picture.frameCount, coding.gopFrames, chunks)
  return windows.flatMap((window, index) => {
    const isSplit = index >= windows.length - split
    const parties = isSplit ? group.map((film): FilmGroup => [film]) : [group]
    return parties.map((films) => compileChunk(job, films, { index, count: windows.length, window }))
  })
}

function assemble(
  { compiled: { output, pass }, coding, picture }: Film,
  container: Container,
  chunks: readonly Chunk[],
  sounds: SoundParts,
): Assembly {
  const parts = chunks.flatMap(({ window, keys }): Part[] => {
    const key = keys.get(output.name)
    return key === undefined ? [] : [{ key, startSec: framesToSec(window.start, picture.frameRate) }]
  })
  const { expected } = pass.encodes[0]
  const sound = sounds.keys.get(output.name) ?? null
  return compileAssembly({
    ...{ name: output.name, key: output.key, container, codec: coding.codec, parts, sound, expected },
  })
}
