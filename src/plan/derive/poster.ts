import { GraphBuilder } from '../graph/graph-builder.js'
import type { DerivedPass } from '../model/plan.js'
import { even } from '../model/size.js'
import { factsOfFilm, type FinishedFilm } from './finished-file.js'
import { AS_JPEG, photoFilters, tablesOf } from './photo.js'
import { inputOf, sampleByCount, selectSamples } from './sampled-frames.js'

/** Longest side of a poster in pixels. */
const MAX_SIDE = 1280

/** Frames among which the poster is chosen. */
const CANDIDATES = 40

/**
 * Makes a poster of the sharpest of many frames from all over the file. At the same quantiser a JPEG is larger
 * the more detail it has: black, faded and blurred frames are the smallest.
 */
export function derivePoster(file: FinishedFilm): DerivedPass {
  const graph = new GraphBuilder()
  const sampling = sampleByCount(file, CANDIDATES)
  const scale = Math.min(1, MAX_SIDE / Math.max(file.width, file.height))
  const [w, h] = [even(file.width * scale), even(file.height * scale)]
  const input = graph.addInput(inputOf(file, sampling))
  const pad = graph.chain(`${input}:v:0`, [
    selectSamples(sampling, file),
    ...photoFilters(factsOfFilm(file), { width: w, height: h }),
    ...AS_JPEG,
  ])
  return {
    name: 'thumbnails-poster',
    kind: 'thumbnails',
    summary: `poster, ${w}×${h}, from ${file.name}`,
    inputs: graph.inputs,
    sideFiles: [],
    graph: graph.nodes,
    ...tablesOf(graph),
    files: { form: 'best-image', pad, count: sampling.count },
    durationSec: file.durationSec,
    outputNames: ['poster'],
    cost: (sampling.count * w * h) / 1e6,
  }
}
