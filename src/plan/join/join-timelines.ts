import { framesToSec } from '../frames/rational.js'
import { regrid } from '../frames/regrid.js'
import { SAMPLE_RATE, sampleOfFrame } from '../frames/sound-grid.js'
import type { Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'

/** Joins material of one size, rate and colour space. Silence stands in for sound that is missing. */
export function joinTimelines(
  graph: GraphBuilder,
  timelines: readonly [Timeline, ...Timeline[]],
  crossfadeFrames: number,
): Timeline {
  const [first, ...others] = timelines
  const hasSound = timelines.some(({ audioPad }) => audioPad !== null)
  const all = others.reduce<Timeline>(
    (joined, next) =>
      join(graph, joined, { ...next, audioPad: hasSound ? soundOf(graph, next) : null }, crossfadeFrames),
    {
      ...first,
      videoPad: graph.chain(first.videoPad, regrid(first)),
      audioPad: hasSound
        ? cutTo(graph, soundOf(graph, first), sampleOfFrame(first.frameCount, first.frameRate))
        : null,
    },
  )
  if (crossfadeFrames === 0 || others.length === 0) return all
  // `xfade` works on full colour. What follows has to find 4:2:0, as in chunks that have no crossfade.
  return { ...all, videoPad: graph.add('format', { pix_fmts: 'yuv420p' }, all.videoPad) }
}

function join(graph: GraphBuilder, before: Timeline, after: Timeline, crossfadeFrames: number): Timeline {
  const { frameRate } = before
  const frameCount = before.frameCount + after.frameCount - crossfadeFrames
  const picture = graph.chain(after.videoPad, regrid(after))
  const joined =
    crossfadeFrames > 0
      ? graph.add('xfade', crossfadeArgs(before, crossfadeFrames), before.videoPad, picture)
      : graph.add('concat', { n: 2, v: 1, a: 0 }, before.videoPad, picture)
  return {
    ...before,
    mayClip: before.mayClip === true || after.mayClip === true || crossfadeFrames > 0,
    frameCount,
    delivered: { start: 0, end: frameCount },
    videoPad: graph.chain(joined, regrid(before)),
    audioPad: joinSounds(graph, before, after, {
      overlap: sampleOfFrame(crossfadeFrames, frameRate),
      total: sampleOfFrame(frameCount, frameRate),
    }),
  }
}

function crossfadeArgs({ frameCount, frameRate }: Timeline, frames: number) {
  return {
    transition: 'fade',
    duration: framesToSec(frames, frameRate),
    offset: framesToSec(frameCount - frames, frameRate),
  }
}

/** The joined sound is as long as the joined frames, to the sample, so that nothing drifts. */
function joinSounds(
  graph: GraphBuilder,
  before: Timeline,
  after: Timeline,
  { overlap, total }: { readonly overlap: number; readonly total: number },
): string | null {
  if (!before.audioPad || !after.audioPad) return null
  const length = total + overlap - sampleOfFrame(before.frameCount, before.frameRate)
  const sound = cutTo(graph, after.audioPad, length)
  if (overlap === 0) return graph.add('concat', { n: 2, v: 0, a: 1 }, before.audioPad, sound)
  // The power of both stays the same. The middle of linear fades would be 3 dB lower, since different sounds do not add up.
  return graph.add('acrossfade', { ns: overlap, c1: 'qsin', c2: 'qsin' }, before.audioPad, sound)
}

function soundOf(graph: GraphBuilder, { audioPad }: Timeline): string {
  return audioPad ?? graph.add('anullsrc', { r: SAMPLE_RATE, cl: graph.layout })
}

function cutTo(graph: GraphBuilder, pad: string, samples: number): string {
  return graph.chain(pad, [
    ['aformat', { sample_fmts: 'fltp', sample_rates: SAMPLE_RATE, channel_layouts: graph.layout }],
    ['apad', { whole_len: samples }],
    ['atrim', { end_sample: samples }],
  ])
}
