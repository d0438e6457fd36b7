import type { ConcatOperation, ConcatVideo } from '../../edit/operations/concat.js'
import type { CompileContext } from '../context.js'
import { framesAtRate } from '../frames/at-frame-rate.js'
import { atPace } from '../frames/at-pace.js'
import { type FrameWindow, lengthOf, shift } from '../frames/frame-window.js'
import { toNumber } from '../frames/rational.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import { joinedSpace } from '../inputs/colour-map.js'
import { describeDamage } from '../inputs/damage.js'
import { openVideo, wholeVideo } from '../inputs/open-video.js'
import { standardForm } from '../inputs/picture-form.js'
import type { VideoFacts } from '../model/facts.js'
import type { Source } from '../model/sources.js'
import { conform } from './conform.js'
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
  { videos, findings, pointer }: CompileContext,
  { video_id, start_time, end_time }: ConcatVideo,
  { frameRate }: Timeline,
): Clip | null {
  const source = videos.get(video_id)
  const video = source?.facts.video
  if (!source || !video) {
    findings.reject(`${pointer}/video_id`, source ? 'the video has no picture' : 'there is no such video')
    return null
  }
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
  const pace = toNumber(video.frameRate) / toNumber(material.frameRate)
  const needed = wanted && atPace(wanted, pace, { frameRate: video.frameRate, frameCount: lengthOf(window) })
  const form = { ...standardForm(video), colorSpace: joinedSpace(video, material.colorSpace) }
  const opened = openVideo(context.graph, source, { video, window, form, wanted: needed })
  return conform(context, op, opened, material)
}
