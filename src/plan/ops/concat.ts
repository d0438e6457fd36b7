import { LIMITS } from '../../edit/limits.js'
import type { ConcatOperation, ConcatVideo } from '../../edit/concat.js'
import type { CompileContext } from '../context.js'
import { describeDamage } from '../normalise/damage.js'
import { openSource, wholeSource } from '../open-source.js'
import { nearestFrame } from '../rational.js'
import { durationSec, type Timeline } from '../timeline.js'
import { conform } from './conform.js'
import { joinTimelines } from './join-timelines.js'
import { trimWindows } from './trim.js'

/** Other videos before or after the material, made like it. */
export function applyConcat(context: CompileContext, op: ConcatOperation, timeline: Timeline): Timeline {
  const clips = op.videos.flatMap((video, index) => {
    const pointer = `${context.pointer}/videos/${index}`
    const clip = openClip({ ...context, pointer }, video)
    return clip ? conform({ ...context, pointer }, op, clip, timeline) : []
  })
  if (clips.length < op.videos.length) return timeline
  const [first = timeline, ...others] = op.position === 'after' ? [timeline, ...clips] : [...clips, timeline]
  const isMixed = op.transition === 'crossfade'
  const frames = isMixed ? Math.max(1, nearestFrame(op.transition_duration, timeline.frameRate)) : 0
  if (!crossfadesFit(context, [first, ...others], frames)) return timeline
  warnOfSilence(context, timeline, clips)
  const joined = joinTimelines(context.graph, [first, ...others], frames)
  if (durationSec(joined) > LIMITS.durationSec) {
    const message = `the result would be longer than ${LIMITS.durationSec / 3600} hours`
    context.findings.reject(`${context.pointer}/videos`, message)
  }
  return joined
}

/** Another video as it is, opened like the material; null, with the mistake noted, when it has no picture. */
function openClip(context: CompileContext, { video_id, start_time, end_time }: ConcatVideo): Timeline | null {
  const { graph, videos, findings, pointer } = context
  const source = videos.get(video_id)
  const video = source?.facts.video
  if (!source || !video) {
    findings.reject(`${pointer}/video_id`, source ? 'the video has no picture' : 'there is no such video')
    return null
  }
  const whole = wholeSource(source.facts, video)
  const extent = {
    ...{ frameRate: video.frameRate, frameCount: whole.end, statedSec: source.facts.durationSec },
    damage: describeDamage(source.facts),
  }
  const stretch = { start_time, end_time: end_time ?? Math.max(durationSec(extent), start_time) }
  const [{ start, end }] = trimWindows({ type: 'trim', mode: 'exact', ...stretch }, extent, findings, pointer)
  return openSource(graph, source, video, { start: whole.start + start, end: whole.start + end }, {})
}

/** One in the middle has a crossfade at each end, and they may meet but not overlap. */
function crossfadesFit(
  { findings, pointer }: CompileContext,
  timelines: readonly Timeline[],
  frames: number,
): boolean {
  const short = timelines.find(({ frameCount }, index) => {
    const isBetween = index > 0 && index < timelines.length - 1
    return frameCount < (isBetween ? 2 * frames : frames)
  })
  if (short) {
    const seconds = durationSec(short).toFixed(3)
    findings.reject(
      `${pointer}/transition_duration`,
      `a video of ${seconds} s is too short for the crossfades`,
    )
  }
  return !short
}

function warnOfSilence(
  { findings, pointer }: CompileContext,
  material: Timeline,
  clips: readonly Timeline[],
): void {
  const silent = [
    ...(material.audioPad ? [] : ['the material']),
    ...clips.flatMap(({ audioPad }, index) => (audioPad ? [] : [`videos/${index}`])),
  ]
  if (silent.length === 0 || silent.length > clips.length) return
  const message = `At ${pointer} silence stands in for the sound that these lack: ${silent.join(', ')}.`
  findings.warn({ code: 'silence-added', message })
}
