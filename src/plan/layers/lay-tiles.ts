import type { Placement } from '../../edit/fields/placement.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import { pictureInput } from '../inputs/picture-input.js'
import { rgbaFilters } from '../inputs/rgba-filters.js'
import type { Size } from '../model/size.js'
import type { PictureAsset } from './find-asset.js'
import { layOver, NO_FADE } from './lay-over.js'
import { placeLayer } from './placement.js'

interface Tiles {
  /** Of the tile from which the others follow. */
  readonly place: Placement
  /** Of one tile. */
  readonly size: Size
  /** Pixels between two. */
  readonly gap: number
  readonly opacity: number
}

/** More would take minutes to lay out. */
const MOST_TILES = 10_000

/** Repeats a picture, of an animated one the first frame, from its place to all edges. */
export function layTiles(
  { graph, findings, pointer }: CompileContext,
  asset: PictureAsset,
  { place, size, gap, opacity }: Tiles,
  timeline: Timeline,
): Timeline {
  const at = placeLayer(place, timeline, size)
  const across = along(at.x, size.width + gap, timeline.width)
  const down = along(at.y, size.height + gap, timeline.height)
  const count = across.count * down.count
  if (count > MOST_TILES) {
    const message = `it would be repeated ${count} times, but ${MOST_TILES} are the most`
    findings.reject(`${pointer}/tiled`, message)
    return timeline
  }
  const input = graph.addInput(pictureInput(asset, asset.video))
  const pad = graph.chain(`${input}:${asset.video.index}`, [
    ['trim', { end_frame: 1 }],
    ...rgbaFilters(asset.video, size, 0),
    ['loop', { loop: count - 1, size: 1 }],
    ['tile', { layout: `${across.count}x${down.count}`, padding: gap, color: 'black@0' }],
  ])
  return layOver(graph, timeline, {
    ...{ pad, kind: 'still', x: across.first, y: down.first, opacity, fade: NO_FADE },
    window: { start: 0, end: timeline.frameCount },
  })
}

/** Where the first tile begins, at or before the edge, and how many it takes from there to the other one. */
function along(place: number, period: number, side: number): { first: number; count: number } {
  const first = place - Math.ceil(place / period) * period
  return { first: first + 0, count: Math.max(1, Math.ceil((side - first) / period)) }
}
