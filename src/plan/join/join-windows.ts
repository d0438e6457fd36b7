import { common, type FrameWindow, isEmpty, lengthOf, shift, totalLength } from '../frames/frame-window.js'
import { regrid } from '../frames/regrid.js'
import { exactLength, sampleOfFrame } from '../frames/sound-grid.js'
import type { Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'

/**
 * Keeps several windows of the material, ascending, and joins them in order.
 * @param wanted the frames of the result that are needed; null: all
 */
export function joinWindows(
  graph: GraphBuilder,
  timeline: Timeline,
  kept: readonly FrameWindow[],
  wanted: FrameWindow | null,
): Timeline {
  const frameCount = totalLength(kept)
  const delivered = wanted ?? { start: 0, end: frameCount }
  return {
    ...timeline,
    frameCount,
    delivered,
    videoPad: joinPictures(graph, timeline, joinedFrom(kept, delivered), delivered.start),
    audioPad: timeline.audioPad && joinSounds(graph, { ...timeline, audioPad: timeline.audioPad }, kept),
  }
}

/** The windows of the material, ascending, that a window of the joined result is made from. */
export function joinedFrom(kept: readonly FrameWindow[], wanted: FrameWindow): FrameWindow[] {
  let frames = 0
  return kept.flatMap((window) => {
    const joined = { start: frames, end: frames + lengthOf(window) }
    frames = joined.end
    const shared = common(joined, wanted)
    return isEmpty(shared) ? [] : [shift(shared, window.start - joined.start)]
  })
}

/** `select` counts the frames that it sees, from the first delivered one on. */
function joinPictures(
  graph: GraphBuilder,
  { videoPad, frameRate, delivered }: Timeline,
  kept: readonly FrameWindow[],
  first: number,
) {
  const expr = kept
    .map((window) => shift(window, -delivered.start))
    .map(({ start, end }) => `between(n,${start},${end - 1})`)
    .join('+')
  return graph.chain(videoPad, [['select', { expr }], ...regrid({ frameRate }, first)])
}

/**
 * Each part of the sound is as long, to the sample, as its window among the joined frames, so that picture and
 * sound do not drift apart however many there are.
 */
function joinSounds(
  graph: GraphBuilder,
  timeline: Timeline & { readonly audioPad: string },
  kept: readonly FrameWindow[],
): string {
  const { frameRate } = timeline
  const whole = graph.chain(timeline.audioPad, exactLength(timeline))
  const copies = graph.splitSound(whole, kept.length)
  let frames = 0
  const cuts = kept.map(({ start, end }, index) => {
    const from = sampleOfFrame(start, frameRate)
    const length = sampleOfFrame(frames + end - start, frameRate) - sampleOfFrame(frames, frameRate)
    frames += end - start
    return graph.chain(copies[index] ?? whole, [
      ['atrim', { start_sample: from, end_sample: from + length }],
      ['asetpts', { expr: 'PTS-STARTPTS' }],
    ])
  })
  return graph.add('concat', { n: kept.length, v: 0, a: 1 }, ...cuts)
}
