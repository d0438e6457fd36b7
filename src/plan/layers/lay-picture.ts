import type { ClipEnd } from '../../edit/fields/clip.js'
import type { Placement } from '../../edit/fields/placement.js'
import type { CompileContext } from '../context.js'
import type { FrameWindow } from '../frames/frame-window.js'
import { formatRational, nearestFrame } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'
import { countFrom } from '../inputs/count-from.js'
import { pictureInput } from '../inputs/picture-input.js'
import { rgbaFilters, turnedSize } from '../inputs/rgba-filters.js'
import type { Size } from '../model/size.js'
import { isAnimated, type PictureAsset } from './find-asset.js'
import { type FadeFrames, layOver } from './lay-over.js'
import { placeLayer } from './placement.js'

/** How an image or a clip is shown. */
export interface Showing {
  readonly placement: Placement
  readonly size: Size
  /** Degrees clockwise. */
  readonly rotation: number
  readonly opacity: number
  readonly fade: FadeFrames
  readonly window: FrameWindow
  readonly atEnd: ClipEnd
}

/** Lays an image or a clip over the picture. `input` is its index among the inputs of the pass. */
export function layPicture(
  { graph }: CompileContext,
  asset: PictureAsset,
  { size, rotation, placement, window, atEnd, ...look }: Showing,
  timeline: Timeline,
): { readonly timeline: Timeline; readonly input: number } {
  const { video } = asset
  const input = graph.addInput(pictureInput(asset, video))
  const isClip = isAnimated(asset)
  const pad = graph.chain(`${input}:${video.index}`, [
    ...(isClip ? clipFrames(asset, window, atEnd, timeline) : []),
    ...rgbaFilters(video, size, rotation),
  ])
  const isLooped = atEnd === 'loop' && clipLength(asset, timeline) < window.end - window.start
  const kind = !isClip ? 'still' : isLooped ? 'loop' : 'moving'
  const at = placeLayer(placement, timeline, turnedSize(size, rotation))
  return { timeline: layOver(graph, timeline, { pad, kind, window, ...at, ...look }), input }
}

/** How long a clip is, in frames of the picture's grid. */
export function clipLength({ video }: PictureAsset, { frameRate }: Timeline): number {
  return Math.max(1, nearestFrame(video.durationSec, frameRate))
}

/** Filters that put a clip on the picture's frame grid, from its own first frame on, no longer than the window. */
function clipFrames(
  clip: PictureAsset,
  { start, end }: FrameWindow,
  atEnd: ClipEnd,
  timeline: Timeline,
): FilterCall[] {
  const isHeld = atEnd === 'hold'
  return [
    ...countFrom(clip.video.startSec, clip.video),
    ['fps', { fps: formatRational(timeline.frameRate), start_time: 0, round: 'near' }],
    // Rounding can make a clip a frame short.
    ['tpad', { stop: isHeld ? -1 : 2, stop_mode: 'clone' }],
    ['trim', { end_frame: isHeld ? end - start : Math.min(clipLength(clip, timeline), end - start) }],
  ]
}
