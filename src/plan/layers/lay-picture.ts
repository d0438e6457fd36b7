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
import { drawnAt } from '../inputs/source-input.js'
import type { Size } from '../model/size.js'
import { isAnimated, type PictureAsset } from './find-asset.js'
import { type FadeFrames, layOver } from './lay-over.js'
import { isWithinView, placeLayer } from './placement.js'

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
  /** How often a clip is played before its end. Absent: once. */
  readonly plays?: number
}

/** Lays an image or a clip over the picture. `input` is its index among the inputs of the pass. */
export function layPicture(
  { graph }: CompileContext,
  asset: PictureAsset,
  { size, rotation, placement, window, atEnd, plays = 1, ...look }: Showing,
  timeline: Timeline,
): { readonly timeline: Timeline; readonly input: number } {
  const drawn = drawnAt(asset.facts, size)
  const video = drawn.video ?? asset.video
  const turned = turnedSize(size, rotation)
  const at = placeLayer(placement, timeline, turned)
  const input = graph.addInput(pictureInput({ key: asset.key, facts: drawn }, video))
  if (!isWithinView(at, turned, timeline)) return { timeline, input }
  const isClip = isAnimated(asset)
  const pad = graph.chain(`${input}:${video.index}`, [
    ...(isClip ? clipFrames(asset, { window, atEnd, plays }, timeline) : []),
    ...rgbaFilters(video, { size, rotation, colorSpace: timeline.colorSpace }),
  ])
  const isLooped = atEnd === 'loop' && clipLength(asset, timeline) < window.end - window.start
  const kind = !isClip ? 'still' : isLooped ? 'loop' : 'moving'
  return { timeline: layOver(graph, timeline, { pad, kind, window, ...at, ...look }), input }
}

/** How long a clip is, in frames of the picture's grid. */
export function clipLength({ video }: PictureAsset, { frameRate }: Timeline): number {
  return Math.max(1, nearestFrame(video.durationSec, frameRate))
}

/** Filters that put a clip on the picture's frame grid, from its own first frame on, no longer than the window. */
function clipFrames(
  clip: PictureAsset,
  { window: { start, end }, atEnd, plays }: Pick<Showing, 'window' | 'atEnd'> & { readonly plays: number },
  timeline: Timeline,
): FilterCall[] {
  const isHeld = atEnd === 'hold'
  const length = clipLength(clip, timeline)
  const again: FilterCall[] = [
    ['trim', { end_frame: length }],
    ['loop', { loop: plays - 1, size: length }],
  ]
  return [
    ...countFrom(clip.video.startSec, clip.video),
    ['fps', { fps: formatRational(timeline.frameRate), start_time: 0, round: 'near' }],
    // Rounding can make a clip a frame short.
    ...(isHeld && plays > 1 && plays < Infinity
      ? [['tpad', { stop: 2, stop_mode: 'clone' }] as const, ...again]
      : []),
    ['tpad', { stop: isHeld ? -1 : 2, stop_mode: 'clone' }],
    ['trim', { end_frame: isHeld ? end - start : Math.min(length, end - start) }],
  ]
}
