import type { GraphBuilder } from '../graph-builder.js'
import type { FrameWindow } from '../open-source.js'
import { regrid } from '../regrid.js'
import { exactLength, sampleOfFrame } from '../sound-grid.js'
import type { Timeline } from '../timeline.js'

/** Keeps several parts of the material, ascending, and joins them in order. */
export function joinParts(graph: GraphBuilder, timeline: Timeline, parts: readonly FrameWindow[]): Timeline {
  return {
    ...timeline,
    frameCount: parts.reduce((sum, { start, end }) => sum + end - start, 0),
    videoPad: joinPictures(graph, timeline, parts),
    audioPad: timeline.audioPad && joinSounds(graph, { ...timeline, audioPad: timeline.audioPad }, parts),
  }
}

function joinPictures(graph: GraphBuilder, { videoPad, frameRate }: Timeline, parts: readonly FrameWindow[]) {
  const expr = parts.map(({ start, end }) => `between(n,${start},${end - 1})`).join('+')
  return graph.chain(videoPad, [['select', { expr }], ...regrid({ frameRate })])
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
