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
  /** Where the tile lies that all others are laid around. */
  readonly placement: Placement
  /** Size of one tile. */
  readonly size: Size
  /** Pixels between two tiles. */
  readonly gap: number
  readonly opacity: number
}

/** More would take minutes to lay out. */
const MAX_TILES = 10_000

/** Repeats a picture, or the first frame of an animated one, from its placement to all edges. */
export function layTiles(
  { graph, findings, pointer }: CompileContext,
  asset: PictureAsset,
  { placement, size, gap, opacity }: Tiles,
  timeline: Timeline,
): Timeline {
  const at = placeLayer(placement, timeline, size)
  const across = along(at.x, size.width + gap, timeline.width)
  const down = along(at.y, size.height + gap, timeline.height)
  const count = across.count * down.count
  if (count > MAX_TILES) {
    const message = `the picture would be repeated ${count} times; at most ${MAX_TILES} are allowed`
    findings.reject(`${pointer}/tiled`, message)
    return timeline
  }
  const input = graph.addInput(pictureInput(asset, asset.video))
  const pad = graph.chain(`${input}:${asset.video.index}`, [
    ['trim', { end_frame: 1 }],
    ...rgbaFilters(asset.video, { size, rotation: 0, colorSpace: timeline.colorSpace }),
    ['loop', { loop: count - 1, size: 1 }],
    ['tile', { layout: `${across.count}x${down.count}`, padding: gap, color: 'black@0' }],
  ])
  return layOver(graph, timeline, {
    pad,
    kind: 'still',
    x: across.first,
    y: down.first,
    window: { start: 0, end: timeline.frameCount },
    opacity,
    fade: NO_FADE,
  })
}

/** Where the first tile begins, at or before the near edge, and how many tiles reach the far edge from there. */
function along(position: number, period: number, side: number): { first: number; count: number } {
  const first = position - Math.ceil(position / period) * period
  return { first: first + 0, count: Math.max(1, Math.ceil((side - first) / period)) }
}
