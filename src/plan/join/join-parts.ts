import { common, type FrameWindow, isEmpty, lengthOf, shift, totalLength } from '../frames/frame-window.js'
import { regrid } from '../frames/regrid.js'
import { exactLength, sampleOfFrame } from '../frames/sound-grid.js'
import type { Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'

/** Keeps several parts of the material, ascending, and joins them in order. */
export function joinParts(
  graph: GraphBuilder,
  timeline: Timeline,
  parts: readonly FrameWindow[],
  wanted: FrameWindow | null,
): Timeline {
  const frameCount = totalLength(parts)
  const delivered = wanted ?? { start: 0, end: frameCount }
  return {
    ...timeline,
    frameCount,
    delivered,
    videoPad: joinPictures(graph, timeline, joinedFrom(parts, delivered), delivered.start),
    audioPad: timeline.audioPad && joinSounds(graph, { ...timeline, audioPad: timeline.audioPad }, parts),
  }
}

/** The frames of the material, ascending, that make up this stretch of the joined parts. */
export function joinedFrom(parts: readonly FrameWindow[], joined: FrameWindow): FrameWindow[] {
  let frames = 0
  return parts.flatMap((part) => {
    const place = { start: frames, end: frames + lengthOf(part) }
    frames = place.end
    const shared = common(place, joined)
    return isEmpty(shared) ? [] : [shift(shared, part.start - place.start)]
  })
}

/** `select` counts the frames that it sees, from the first that is delivered. */
function joinPictures(
  graph: GraphBuilder,
  { videoPad, frameRate, delivered }: Timeline,
  parts: readonly FrameWindow[],
  first: number,
) {
  const expr = parts
    .map((part) => shift(part, -delivered.start))
    .map(({ start, end }) => `between(n,${start},${end - 1})`)
    .join('+')
  return graph.chain(videoPad, [['select', { expr }], ...regrid({ frameRate }, first)])
}

/**
 * Each part of the sound is as long as its place among the joined frames, to the sample, so that however many
 * parts there are, picture and sound do not drift apart.
 */
function joinSounds(
  graph: GraphBuilder,
  timeline: Timeline & { readonly audioPad: string },
  parts: readonly FrameWindow[],
): string {
  const { frameRate } = timeline
  const whole = graph.chain(timeline.audioPad, exactLength(timeline))
  const copies = graph.splitSound(whole, parts.length)
  let frames = 0
  const cuts = parts.map(({ start, end }, index) => {
    const from = sampleOfFrame(start, frameRate)
    const length = sampleOfFrame(frames + end - start, frameRate) - sampleOfFrame(frames, frameRate)
    frames += end - start
    return graph.chain(copies[index] ?? whole, [
      ['atrim', { start_sample: from, end_sample: from + length }],
      ['asetpts', { expr: 'PTS-STARTPTS' }],
    ])
  })
  return graph.add('concat', { n: parts.length, v: 0, a: 1 }, ...cuts)
}
