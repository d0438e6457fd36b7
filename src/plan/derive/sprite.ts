import type { SpriteRequest } from '../../edit/output/extras.js'
import { GraphBuilder } from '../graph/graph-builder.js'
import type { DerivedPass } from '../model/plan.js'
import { even } from '../model/size.js'
import { imageName } from '../model/work-files.js'
import type { FinishedFilm } from './finished-file.js'
import { inputOf, sampleByInterval, type Sampling, selectSamples } from './sampled-frames.js'

const STEM = 'sprite'

/** Tiles in a row, and rows in a sheet. */
const GRID = 10

/** Without an interval there are at most this many tiles, and at most one per second. */
const DEFAULT_TILES = 100

/** Makes sheets of small pictures, and a WebVTT file with which players show them while the user seeks. */
export function deriveSprite(file: FinishedFilm, request: SpriteRequest): DerivedPass {
  const graph = new GraphBuilder()
  const intervalSec = request.interval ?? Math.max(1, file.durationSec / DEFAULT_TILES)
  const sampling = sampleByInterval(file, intervalSec)
  const w = even(Math.min(request.width, file.width))
  const h = even((w * file.height) / file.width)
  const input = graph.addInput(inputOf(file, sampling))
  const pad = graph.chain(`${input}:v:0`, [
    selectSamples(sampling, file),
    ['scale', { w, h, out_range: 'pc' }],
    ['setsar', { sar: 1 }],
    ['format', { pix_fmts: 'yuvj420p' }],
    ['tile', { layout: gridOf(sampling.count) }],
  ])
  return {
    name: 'thumbnails-sprite',
    kind: 'thumbnails',
    summary: `sprite of ${sampling.count} tiles, ${w}×${h}, from ${file.name}`,
    inputs: graph.inputs,
    sideFiles: [{ name: 'sprite.vtt', contents: spriteTrack(sampling, file.durationSec, { w, h }) }],
    graph: graph.nodes,
    files: { form: 'images', pad, stem: STEM, count: Math.ceil(sampling.count / GRID ** 2) },
    durationSec: file.durationSec,
    outputNames: ['sprite'],
    cost: (sampling.count * w * h) / 1e6,
  }
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
    const time = `${vttTime(index * slotSec)} --> ${vttTime(endSec)}`
    return `${time}\n${imageName(STEM, sheet)}#xywh=${x},${y},${w},${h}\n`
  })
  return `WEBVTT\n\n${cues.join('\n')}`
}

/** `hh:mm:ss.ttt` */
function vttTime(sec: number): string {
  const ms = Math.round(sec * 1000)
  const part = (unit: number, size: number) => String(Math.floor(ms / unit) % size).padStart(2, '0')
  const hours = String(Math.floor(ms / 3_600_000)).padStart(2, '0')
  return `${hours}:${part(60_000, 60)}:${part(1000, 60)}.${String(ms % 1000).padStart(3, '0')}`
}
