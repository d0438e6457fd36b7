import { withoutReserved } from '../colour/reserved-tags.js'
import { formatRational } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import { SCALE_MATRIX } from '../inputs/color-space.js'
import { colourFilters } from '../inputs/colour-filters.js'
import { countFrom } from '../inputs/count-from.js'
import type { PictureForm } from '../inputs/picture-form.js'
import { isTransparent, pictureInput } from '../inputs/picture-input.js'
import { orient, rgbaFilters } from '../inputs/rgba-filters.js'
import type { VideoFacts } from '../model/facts.js'
import type { Size } from '../model/size.js'
import type { ShownSource } from '../model/sources.js'
import { plainPicture } from '../picture/plain-picture.js'

interface Opening {
  readonly video: VideoFacts
  readonly form: PictureForm
}

/**
 * Opens an image as every operation expects material: upright, opaque, as 4:2:0 in video range. The timeline has the
 * image's own frames, each once, so that what is done to it is done once; `playOn` makes it as long as it is shown.
 */
export function openImage(graph: GraphBuilder, source: ShownSource, { video, form }: Opening): Timeline {
  const { ownFrames, color } = source.shown
  const { width, height, frameRate } = video
  const { colorSpace } = form
  const input = graph.addInput(pictureInput(source, video))
  const own = graph.chain(`${input}:${video.index}`, ownFrames > 1 ? onGrid(video, ownFrames) : [])
  const timeline: Timeline = {
    videoPad: own,
    audioPad: null,
    width,
    height,
    frameRate,
    frameCount: ownFrames,
    delivered: { start: 0, end: ownFrames },
    colorSpace,
  }
  const videoPad = isTransparent(video)
    ? onColour(graph, timeline, video, color)
    : graph.chain(own, [...smaller(video), ...colourFilters(asScaled(video), form), SQUARE, formatOf(form)])
  return { ...timeline, videoPad }
}

/** The form of an image that is the material itself. Photos name the matrix of JPEG, which is not that of films. */
export function imageForm(form: PictureForm): PictureForm {
  const isBright = form.colorSpace === 'pq' || form.colorSpace === 'hlg'
  return isBright ? form : { ...form, colorSpace: 'bt709' }
}

const SQUARE: FilterCall = ['setsar', { sar: 1 }]

function formatOf({ pixelFormat }: PictureForm): FilterCall {
  return ['format', { pix_fmts: pixelFormat }]
}

/** An animation on the grid of the film, from its first frame on. */
function onGrid(video: VideoFacts, frames: number): FilterCall[] {
  return [
    ...countFrom(video.startSec, video),
    ['fps', { fps: formatRational(video.frameRate), start_time: 0, round: 'near' }],
    // Rounding can make it a frame short.
    ['tpad', { stop: 2, stop_mode: 'clone' }],
    ['trim', { end_frame: frames }],
  ]
}

/**
 * A photo is made smaller before its colours are converted, which takes eight bytes a pixel. Palettes cannot be scaled
 * as they are.
 */
function smaller(video: VideoFacts): FilterCall[] {
  const upright = [...withoutReserved(video), ...orient(video)]
  const { width, height } = uprightSize(video)
  if (width === video.width && height === video.height) return upright
  const kept: FilterCall[] = /^pal/.test(video.pixelFormat)
    ? []
    : [['format', { pix_fmts: video.pixelFormat }]]
  return [...upright, ['scale', { w: video.width, h: video.height }], ...kept]
}

/** The size of the stored picture once it is upright. */
function uprightSize({ codedWidth, codedHeight, orientation, rotation }: VideoFacts): Size {
  const isLying = (orientation ?? 1) >= 5 || rotation % 180 !== 0
  return isLying ? { width: codedHeight, height: codedWidth } : { width: codedWidth, height: codedHeight }
}

/** The facts of the picture behind `smaller`. */
function asScaled(video: VideoFacts): VideoFacts {
  return {
    ...video,
    codedWidth: video.width,
    codedHeight: video.height,
    sampleAspect: { num: 1, den: 1 },
  }
}

function onColour(graph: GraphBuilder, timeline: Timeline, video: VideoFacts, color: string): string {
  const { width, height, colorSpace, frameCount } = timeline
  const layer = graph.chain(timeline.videoPad, [
    ...rgbaFilters({ ...video, ...uprightSize(video) }, { size: { width, height }, rotation: 0, colorSpace }),
    ['scale', { out_color_matrix: SCALE_MATRIX[colorSpace], out_range: 'tv' }],
    ['format', { pix_fmts: 'yuva420p' }],
    ['settb', { expr: `${timeline.frameRate.den}/${timeline.frameRate.num}` }],
    ['setpts', { expr: 'N' }],
  ])
  const below = graph.chain(plainPicture(graph, { width, height, color }, timeline), [
    ['trim', { end_frame: frameCount }],
  ])
  return graph.add('overlay', { x: 0, y: 0, eof_action: 'repeat' }, below, layer)
}
