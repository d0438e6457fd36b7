import { reservedMatrix } from '../colour/reserved-tags.js'
import { GraphBuilder } from '../graph/graph-builder.js'
import { canSeek } from '../inputs/open-video.js'
import { orient } from '../inputs/rgba-filters.js'
import { drawnOf, openingOf } from '../inputs/source-input.js'
import type { VideoFacts } from '../model/facts.js'
import type { Pass } from '../model/plan.js'
import { even } from '../model/size.js'
import type { Source } from '../model/sources.js'
import { AS_JPEG, photoFilters, tablesOf } from './photo.js'

/** Longest side of a poster in pixels. */
const MAX_SIDE = 1280

/** Frames among which the poster is chosen. */
const CANDIDATES = 50

/** With fewer frames there may be none after a tenth of the duration. */
const MIN_FRAMES_TO_SEEK = 20

/**
 * A pass that picks a typical frame at a tenth of the duration, where titles and black are mostly over. Where a
 * seek may land behind the last key frame, as in a short MPEG-TS file, it picks one from the beginning.
 */
export function compilePoster(source: Source, video: VideoFacts): Pass {
  const graph = new GraphBuilder()
  const scale = Math.min(1, MAX_SIDE / Math.max(video.width, video.height))
  const size = { width: even(video.width * scale), height: even(video.height * scale) }
  const input = graph.addInput({
    key: source.key,
    ...openingOf(source.facts),
    seekSec:
      canSeek(source.facts) && !video.needsStart && (video.frameCount ?? 0) >= MIN_FRAMES_TO_SEEK
        ? video.durationSec / 10
        : 0,
    ...drawnOf(source.facts),
    ...reservedMatrix(video),
    ...(video.orientation ? { isTurnedByGraph: true } : {}),
  })
  const pad = graph.chain(`${input}:${video.index}`, [
    ...orient(video),
    ...photoFilters(video, size),
    ['thumbnail', { n: CANDIDATES }],
    ['trim', { end_frame: 1 }],
    ...AS_JPEG,
  ])
  return {
    name: 'thumbnails-poster',
    kind: 'thumbnails',
    summary: 'poster frame',
    inputs: graph.inputs,
    sideFiles: [],
    graph: graph.nodes,
    ...tablesOf(graph),
    encodes: [
      {
        key: 'poster.jpg',
        isPart: false,
        video: { pad, coding: { codec: 'jpeg', quantiser: 3 } },
        audio: null,
        container: 'jpg',
        expected: {
          picture: { ...size, frameRate: video.frameRate, frameCount: 1 },
          durationSec: 0,
          hasAudio: false,
        },
      },
    ],
    threads: null,
    outputNames: ['poster'],
    cost: 1,
  }
}
