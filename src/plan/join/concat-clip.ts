import type { ConcatOperation, ConcatVideo } from '../../edit/operations/concat.js'
import type { CompileContext } from '../context.js'
import { framesAtRate } from '../frames/at-frame-rate.js'
import { atPace } from '../frames/at-pace.js'
import { type FrameWindow, lengthOf, shift } from '../frames/frame-window.js'
import { toNumber } from '../frames/rational.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import { openImage } from '../images/open-image.js'
import { playOn } from '../images/play-on.js'
import { joinedSpace } from '../inputs/colour-map.js'
import { describeDamage } from '../inputs/damage.js'
import { openVideo, wholeVideo } from '../inputs/open-video.js'
import { standardForm } from '../inputs/picture-form.js'
import type { VideoFacts } from '../model/facts.js'
import { isImage } from '../model/image-kinds.js'
import { isShown, type Source } from '../model/sources.js'
import { conform, fitTo } from './conform.js'
import { imageClip } from './image-clip.js'
import { describeLostSound } from './lost-sound.js'
import { trimWindows } from './trim-windows.js'

/** Another video that is joined, and how long it will be at the material's frame rate. */
export interface Clip extends Pick<Timeline, 'frameRate' | 'frameCount'> {
  readonly source: Source
  readonly video: VideoFacts
  /** The window of its own frames that is joined. */
  readonly window: FrameWindow
}

/** A video of a concat; null, with the mistake noted, when there is no such video, or it has no picture. */
export function findClip(
  context: CompileContext,
  item: ConcatVideo,
  op: ConcatOperation,
  material: Timeline,
): Clip | null {
  const { videos, findings, pointer } = context
  const source = videos.get(item.video_id)
  const video = source?.facts.video
  if (!source || !video) {
    findings.reject(`${pointer}/video_id`, source ? 'the video has no picture' : 'there is no such video')
    return null
  }
  const { duration = null } = item
  const isStill = isImage(source.facts) && source.facts.durationSec === 0
  if (!isStill && duration === null) return partOf(context, item, { source, video }, material)
  if (isImage(source.facts)) {
    refusePart(context, item)
    return imageClip(context, { source, video, durationSec: duration }, op, material)
  }
  const message = 'only an image has it: "start_time" and "end_time" choose the part of a video'
  findings.reject(`${pointer}/duration`, message)
  return null
}

function refusePart({ findings, pointer }: CompileContext, { start_time, end_time }: ConcatVideo): void {
  const field = start_time > 0 ? 'start_time' : end_time === null ? null : 'end_time'
  if (field)
    findings.reject(`${pointer}/${field}`, 'an image has no parts: "duration" says how long it is shown')
}

function partOf(
  { findings, pointer }: CompileContext,
  { video_id: id, start_time, end_time }: ConcatVideo,
  { source, video }: Pick<Clip, 'source' | 'video'>,
  { frameRate }: Timeline,
): Clip {
  const whole = wholeVideo(source.facts, video)
  const extent = {
    frameRate: video.frameRate,
    frameCount: whole.end,
    statedSec: source.facts.durationSec,
    damage: describeDamage(source.facts),
  }
  const stretch = { start_time, end_time: end_time ?? Math.max(durationSec(extent), start_time) }
  const [kept] = trimWindows({ type: 'trim', mode: 'exact', ...stretch }, extent, findings, pointer)
  const window = shift(kept, whole.start)
  const lost = describeLostSound(source.facts, video, window)
  if (lost) findings.warn({ code: 'duration-clamped', message: `Video ${id}: ${lost}` })
  const own = { frameRate: video.frameRate, frameCount: lengthOf(window) }
  return { source, video, window, frameRate, frameCount: framesAtRate(own, frameRate) }
}

/**
 * Opens a clip and makes it like the material.
 * @param context its `wanted` are frames of the clip at the material's frame rate
 */
export function openClip(
  context: CompileContext,
  op: ConcatOperation,
  { source, video, window }: Clip,
  material: Timeline,
): Timeline {
  const { wanted } = context
  if (isShown(source)) {
    const own = openImage(context.graph, source, {
      video,
      form: { ...standardForm(video), colorSpace: material.colorSpace },
    })
    return playOn(context.graph, fitTo(context, op, own, material), { shown: source.shown, window, wanted })
  }
  const pace = toNumber(video.frameRate) / toNumber(material.frameRate)
  const needed = wanted && atPace(wanted, pace, { frameRate: video.frameRate, frameCount: lengthOf(window) })
  const form = { ...standardForm(video), colorSpace: joinedSpace(video, material.colorSpace) }
  const opened = openVideo(context.graph, source, { video, window, form, wanted: needed })
  return conform(context, op, opened, material)
}
