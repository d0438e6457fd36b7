import type { Edit } from '../../edit/operation.js'
import type { Container } from '../../edit/output/formats.js'
import { Findings } from '../context.js'
import { atPace } from '../frames/at-pace.js'
import { type FrameWindow, lengthOf } from '../frames/frame-window.js'
import { framesToSec, toNumber } from '../frames/rational.js'
import type { Stage, Timeline } from '../frames/timeline.js'
import { GraphBuilder } from '../graph/graph-builder.js'
import { editStretch } from '../material.js'
import type { Encode, Pass } from '../model/plan.js'
import type { Sources } from '../model/sources.js'
import type { PartWorkers } from '../model/spreading.js'
import { drawingOf } from '../picture/redraw.js'
import { costOf } from '../renditions/compile-rendition.js'
import { atRenditionRate, encodeStretch } from '../renditions/film.js'
import type { Film, FilmGroup } from './film-groups.js'

export interface ChunkedEdit {
  readonly edit: Edit
  readonly sources: Sources
  readonly container: Container
  /** Extents of the material before and after each operation. */
  readonly stages: readonly Stage[]
  /** The last stage. */
  readonly material: Stage
  readonly workers: PartWorkers
}

export interface Chunk {
  /** Frames of the rendition that the chunk has. */
  readonly window: FrameWindow
  readonly pass: Pass
  /** Storage keys of the chunk's parts, by the name of the output. */
  readonly keys: ReadonlyMap<string, string>
}

interface ChunkPlace {
  readonly index: number
  readonly count: number
  readonly window: FrameWindow
  /** Other passes render other renditions of the same chunk. */
  readonly isShared: boolean
}

/** The pass that renders one chunk of films of one group. */
export function compileChunk(job: ChunkedEdit, films: FilmGroup, place: ChunkPlace): Chunk {
  const { edit, sources, stages, material, workers } = job
  const { window } = place
  const [{ compiled, picture, form }] = films
  const { rendition } = compiled
  const isPaced = rendition.frame_rate !== null
  const pace = toNumber(material.frameRate) / toNumber(picture.frameRate)
  const graph = new GraphBuilder()
  // Findings are dropped: compiling the whole has reported them.
  const context = { graph, findings: new Findings(), measurements: [], wanted: window }
  const needed = isPaced ? atPace(window, pace, material) : window
  const stretch = editStretch(edit, sources, context, { form, stages, wanted: needed })
  const paced = atRenditionRate(context, rendition, stretch)
  const encodes = encodeAll(job, films, { graph, paced, window })
  const outputNames = films.map((film) => film.compiled.output.name)
  const name = [`transcode-${place.index + 1}`, ...(place.isShared ? outputNames : [])].join('-')
  return {
    window,
    keys: new Map(encodes.map(({ key }, index) => [outputNames[index] ?? '', key])),
    pass: {
      name,
      kind: 'transcode',
      summary: `chunk ${place.index + 1}/${place.count} → ${outputNames.join(', ')}`,
      inputs: graph.inputs,
      sideFiles: graph.sideFiles,
      ...(graph.fonts.length > 0 ? { fonts: graph.fonts } : {}),
      ...(graph.colourTables.length > 0 ? { colourTables: graph.colourTables } : {}),
      graph: graph.leadingTo(encodes.flatMap(({ video }) => video?.pad ?? [])),
      encodes,
      threads: workers.threadsPerSlot,
      outputNames,
      cost: encodes.reduce((sum, encode) => sum + costOf(encode), 0),
    },
  }
}

interface Opened {
  readonly graph: GraphBuilder
  readonly paced: Timeline
  readonly window: FrameWindow
}

function encodeAll(
  { sources, container, workers }: ChunkedEdit,
  films: FilmGroup,
  { graph, paced, window }: Opened,
): readonly [Encode, ...Encode[]] {
  const pads = films.length === 1 ? [paced.videoPad] : graph.splitPicture(paced.videoPad, films.length)
  const { staticHdr } = sources.video.facts.video ?? {}
  const encodeOne = (film: Film, index: number): Encode => {
    const { compiled, picture, partContainer } = film
    const { rendition, output } = compiled
    const context = {
      graph,
      findings: new Findings(),
      measurements: [],
      wanted: window,
      pointer: rendition.pointer,
      assets: sources.assets,
      videos: sources.videos,
      ...(staticHdr ? { staticHdr } : {}),
    }
    const videoPad = pads[index] ?? paced.videoPad
    const drawing = drawingOf(paced)
    const timeline = { ...paced, videoPad, ...(drawing ? { drawing: { ...drawing, videoPad } } : {}) }
    return {
      video: encodeStretch(context, rendition, container, timeline),
      audio: null,
      container: partContainer,
      isPart: true,
      // The key has the frames: a plan that is made again may be cut differently.
      key: `${workers.partPrefix}${output.name}.${window.start}-${window.end}.${partContainer}`,
      expected: {
        picture: { ...picture, frameCount: lengthOf(window) },
        durationSec: framesToSec(lengthOf(window), picture.frameRate),
        hasAudio: false,
      },
    }
  }
  const [first, ...others] = films
  return [encodeOne(first, 0), ...others.map((film, index) => encodeOne(film, index + 1))]
}
