import type { Rendition } from '../../edit/output/resolve-output.js'
import type { PictureRequest } from '../../edit/picture.js'
import { tagging } from '../argv/colour-tags.js'
import { factsOfFilm } from '../derive/finished-file.js'
import { AS_FINE_JPEG, AS_WEBP, photoFilters } from '../derive/photo.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import type { PictureForm } from '../inputs/picture-form.js'
import type { VideoFacts } from '../model/facts.js'
import type { Encode, PictureCoding } from '../model/plan.js'
import { even, type Size } from '../model/size.js'
import { filmCoding } from '../renditions/coding.js'

interface Shown {
  readonly rendition: Rendition
  /** Of the edited video. */
  readonly video: VideoFacts
  /** The form of the pictures in the graph. */
  readonly form: PictureForm
  readonly asked: PictureRequest
}

/** An encode of pictures, which has no sound. */
interface PictureEncode extends Encode {
  readonly video: { readonly pad: string; readonly coding: PictureCoding }
}

/** Codes a frame in the colours of BT.709 or BT.601 and of standard range, no larger than it is. */
export function encodePicture(graph: GraphBuilder, frame: Timeline, shown: Shown): PictureEncode {
  const { rendition, video, form, asked } = shown
  const size = sizeOf(frame, asked.width)
  // As a file of the rendition would say.
  const coding = {
    ...filmCoding('h264', rendition, { timeline: frame, staticHdr: video.staticHdr }),
    bitDepth: form.pixelFormat === 'yuv420p10le' ? 10 : 8,
  } as const
  const facts = factsOfFilm({ ...frame, codec: 'h264', coding, durationSec: durationSec(frame) })
  const format = FORMATS[asked.format]
  const pad = graph.chain(frame.videoPad, [tagging(coding), ...photoFilters(facts, size), ...format.filters])
  return {
    key: `preview.${format.container}`,
    isPart: false,
    video: { pad, coding: format.coding },
    audio: null,
    container: format.container,
    expected: {
      picture: { ...size, frameRate: frame.frameRate, frameCount: 1 },
      durationSec: 0,
      hasAudio: false,
    },
  }
}

function sizeOf({ width, height }: Size, asked: number | null): Size {
  const scale = Math.min(1, (asked ?? width) / width)
  return { width: even(width * scale), height: even(height * scale) }
}

interface Format {
  readonly filters: readonly FilterCall[]
  readonly coding: PictureCoding
  readonly container: 'jpg' | 'webp'
}

/** Pictures of about the quality of the renditions. */
const FORMATS: Readonly<Record<PictureRequest['format'], Format>> = {
  jpeg: { filters: AS_FINE_JPEG, coding: { codec: 'jpeg', quantiser: 2 }, container: 'jpg' },
  webp: { filters: AS_WEBP, coding: { codec: 'webp-picture', quality: 90 }, container: 'webp' },
}
