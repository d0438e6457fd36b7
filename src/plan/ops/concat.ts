import { LIMITS } from '../../edit/limits.js'
import type { ConcatItem, ConcatOperation } from '../../edit/operations/concat.js'
import type { CompileContext } from '../context.js'
import { common, isEmpty, shift } from '../frames/frame-window.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'
import { type Clip, findClip, openClip } from '../join/concat-clip.js'
import { crossfadeFrames, joinedWindows, uncutCrossfades } from '../join/crossfade.js'
import { cutTimeline, moveTimeline } from '../join/cut-timeline.js'
import { imageClip } from '../join/image-clip.js'
import { joinTimelines } from '../join/join-timelines.js'
import { findPictureAsset } from '../layers/find-asset.js'

/** Joins other videos before or after the material, made like it. */
export function applyConcat(context: CompileContext, op: ConcatOperation, timeline: Timeline): Timeline {
  const clips = op.videos.flatMap((item, index) => {
    const pointer = `${context.pointer}/videos/${index}`
    return findItem({ ...context, pointer }, item, op, timeline) ?? []
  })
  if (clips.length < op.videos.length) return timeline
  const frames = crossfadeFrames(op, timeline.frameRate)
  const extents = op.position === 'after' ? [timeline, ...clips] : [...clips, timeline]
  if (!crossfadesFit(context, extents, frames)) return timeline
  const { wanted } = context
  const windows = joinedWindows(extents, frames)
  const frameCount = windows.at(-1)?.end ?? 0
  const made = wanted ? uncutCrossfades(wanted, windows) : { start: 0, end: frameCount }
  const timelines = extents.flatMap((extent, index) => {
    const window = windows[index]
    const needed = window && shift(common(window, made), -window.start)
    if (!needed || isEmpty(needed)) return []
    const clipContext = { ...context, wanted: wanted && needed }
    const whole = 'video' in extent ? openClip(clipContext, op, extent, timeline) : timeline
    return wanted ? cutTimeline(context.graph, whole, needed) : whole
  })
  const [first, ...others] = timelines
  if (!first) return timeline
  const joined = joinTimelines(context.graph, [first, ...others], frames)
  if (wanted) {
    const alike = frames > 0 && others.length === 0 ? asCrossfaded(context.graph, joined) : joined
    return { ...moveTimeline(context.graph, alike, made), frameCount }
  }
  warnOfSilence(
    context,
    timeline,
    timelines.filter((one) => one !== timeline),
  )
  if (durationSec(joined) > LIMITS.durationSec) {
    const message = `the result would be longer than ${LIMITS.durationSec / 3600} hours`
    context.findings.reject(`${context.pointer}/videos`, message)
  }
  return joined
}

function findItem(
  context: CompileContext,
  item: ConcatItem,
  op: ConcatOperation,
  timeline: Timeline,
): Clip | null {
  if (item.image === undefined) return findClip(context, item, op, timeline)
  const asset = findPictureAsset(context, 'image', item.image, 'image')
  if (!asset) return null
  const { key, facts, video } = asset
  return imageClip(context, { source: { key, facts }, video, durationSec: item.duration }, op, timeline)
}

/** `xfade` works on full colour: frames without a crossfade get the same colours as their neighbours with one. */
function asCrossfaded(graph: GraphBuilder, timeline: Timeline): Timeline {
  const videoPad = graph.chain(timeline.videoPad, [
    ['format', { pix_fmts: 'yuv444p' }],
    ['format', { pix_fmts: 'yuv420p' }],
  ])
  return { ...timeline, videoPad }
}

/** A video in the middle has a crossfade at each end; the two may meet but not overlap. */
function crossfadesFit(
  { findings, pointer }: CompileContext,
  timelines: readonly Pick<Timeline, 'frameCount' | 'frameRate'>[],
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
  const message = `At ${pointer} these have no sound and are silent: ${silent.join(', ')}.`
  findings.warn({ code: 'silence-added', message })
}
