import type { Edit } from '../../edit/operation.js'
import type { Container } from '../../edit/output/formats.js'
import { framesToSec } from '../frames/rational.js'
import type { Stage } from '../frames/timeline.js'
import type { Assembly, Pass } from '../model/plan.js'
import type { Sources } from '../model/sources.js'
import type { PartWorkers } from '../model/spreading.js'
import type { CompiledRendition } from '../renditions/compile-rendition.js'
import { collectWithin } from '../side-files.js'
import { compileAssembly, type Part } from './assembly.js'
import { chooseLayout } from './choose-layout.js'
import { type Chunk, type ChunkedEdit, compileChunk } from './compile-chunk.js'
import { isDivisible } from './divisible.js'
import { type Film, type FilmGroup, groupFilms } from './film-groups.js'
import { type Layout, layoutWindows } from './layout.js'
import { shareOut } from './share-out.js'
import { compileSounds, type SoundParts } from './sound-parts.js'
import { workOf } from './work.js'

export interface Spread {
  readonly passes: readonly Pass[]
  readonly assemblies: readonly Assembly[]
}

export interface Spreadable {
  readonly edit: Edit
  readonly sources: Sources
  readonly container: Container
  /** Extents of the material before and after each operation. */
  readonly stages: readonly Stage[]
}

/**
 * The renditions in chunks that are encoded at the same time, each on few threads, since the threads of one encoder
 * wait for each other. null: this is impossible, or not worth it.
 */
export function spreadOut(
  { edit, sources, container, stages }: Spreadable,
  renditions: readonly CompiledRendition[],
  workers: PartWorkers,
): Spread | null {
  const { video } = sources.video.facts
  const material = stages.at(-1)
  const used = [sources.video, ...sources.videos.values()]
  if (!video || !material || !used.every(isDivisible)) return null
  const groups = groupFilms(edit, video, container, renditions)
  if (!groups) return null
  const [first, ...others] = groups.flat()
  if (!first) return null
  const layout = chooseLayout(workOf([first, ...others], video, edit.operations), workers.slots)
  if (layout.length === 1) return null
  const job: ChunkedEdit = { edit, sources, container, stages, material, workers }
  // Each chunk has the texts that it shows: what is shown throughout is in all of them.
  const chunks = collectWithin(compileGroups(job, groups, layout, renditions.length))
  if (!chunks) return null
  const sounds = compileSounds(renditions, workers)
  return {
    passes: [...chunks.map(({ pass }) => pass), ...sounds.passes],
    assemblies: groups.flat().map((film) => assemble(film, container, chunks, sounds)),
  }
}

function* compileGroups(
  job: ChunkedEdit,
  groups: readonly FilmGroup[],
  layout: Layout,
  filmCount: number,
): Iterable<Chunk> {
  for (const group of groups) {
    const [{ picture, coding }] = group
    const chunks = layoutWindows(layout, picture.frameCount, coding.gopFrames)
    for (const [index, { window, passCount }] of chunks.entries()) {
      for (const [first, ...others] of shareOut(group, ({ compiled }) => compiled.pass.cost, passCount)) {
        if (!first) continue
        const films: FilmGroup = [first, ...others]
        const place = { index, count: chunks.length, window, isShared: films.length < filmCount }
        yield compileChunk(job, films, place)
      }
    }
  }
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
    name: output.name,
    key: output.key,
    container,
    codec: coding.codec,
    parts,
    sound,
    expected,
  })
}
