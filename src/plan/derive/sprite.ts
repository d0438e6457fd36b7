import type { SpriteRequest } from '../../edit/output/extras.js'
import { GraphBuilder } from '../graph/graph-builder.js'
import type { DerivedPass } from '../model/plan.js'
import { even } from '../model/size.js'
import { imageName } from '../model/work-files.js'
import { vttTime } from '../subtitles/write-vtt.js'
import { factsOfFilm, type FinishedFilm } from './finished-file.js'
import { AS_JPEG, photoFilters, tablesOf } from './photo.js'
import { inputOf, sampleByInterval, type Sampling, selectSamples } from './sampled-frames.js'

const STEM = 'sprite'

/** Tiles in a row, and rows in a sheet. */
const GRID = 10

/** Without an interval there are at most this many tiles, and at most one per second. */
const DEFAULT_TILES = 100

/** Makes sheets of small pictures, and a WebVTT file with which players show them while the user seeks. */
export function deriveSprite(file: FinishedFilm, request: SpriteRequest): DerivedPass {
  const graph = new GraphBuilder()
  const sampling = samplingOf(file, request)
  const w = even(Math.min(request.width, file.width))
  const h = even((w * file.height) / file.width)
  const input = graph.addInput(inputOf(file, sampling))
  const pad = graph.chain(`${input}:v:0`, [
    selectSamples(sampling, file),
    ...photoFilters(factsOfFilm(file), { width: w, height: h }),
    ...AS_JPEG,
    ['tile', { layout: gridOf(sampling.count) }],
  ])
  return {
    name: 'thumbnails-sprite',
    kind: 'thumbnails',
    summary: `sprite of ${sampling.count} tiles, ${w}×${h}, from ${file.name}`,
    inputs: graph.inputs,
    sideFiles: [{ name: 'sprite.vtt', contents: spriteTrack(sampling, file.durationSec, { w, h }) }],
    graph: graph.nodes,
    ...tablesOf(graph),
    files: { form: 'images', pad, stem: STEM, count: Math.ceil(sampling.count / GRID ** 2) },
    durationSec: file.durationSec,
    outputNames: ['sprite'],
    cost: (sampling.count * w * h) / 1e6,
  }
}

/** Tiles that a sprite would have. */
export function countTiles(file: FinishedFilm, request: SpriteRequest): number {
  return samplingOf(file, request).count
}

function samplingOf(file: FinishedFilm, { interval }: SpriteRequest): Sampling {
  return sampleByInterval(file, interval ?? Math.max(1, file.durationSec / DEFAULT_TILES))
}

/** Columns and rows of a sheet: a few tiles need no large one. */
function gridOf(count: number): string {
  const columns = Math.min(GRID, count)
  return `${columns}x${Math.min(GRID, Math.ceil(count / columns))}`
}

/**
 * WebVTT (https://www.w3.org/TR/webvtt1/), with each tile as a media fragment
 * (https://www.w3.org/TR/media-frags/).
 */
function spriteTrack(
  { count, slotSec }: Sampling,
  durationSec: number,
  { w, h }: { w: number; h: number },
): string {
  const columns = Math.min(GRID, count)
  const cues = Array.from({ length: count }, (_, index) => {
    const [sheet, tile] = [Math.floor(index / GRID ** 2), index % GRID ** 2]
    const [x, y] = [(tile % columns) * w, Math.floor(tile / columns) * h]
    const endSec = index === count - 1 ? durationSec : (index + 1) * slotSec
    const time = `${timeOf(index * slotSec)} --> ${timeOf(endSec)}`
    return `${time}\n${imageName(STEM, sheet)}#xywh=${x},${y},${w},${h}\n`
  })
  return `WEBVTT\n\n${cues.join('\n')}`
}

function timeOf(sec: number): string {
  return vttTime(Math.round(sec * 1000))
}
