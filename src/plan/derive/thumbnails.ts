import type { ThumbnailsRequest } from '../../edit/output/extras.js'
import { GraphBuilder } from '../graph/graph-builder.js'
import type { DerivedPass } from '../model/plan.js'
import { even } from '../model/size.js'
import { imageName } from '../model/work-files.js'
import { factsOfFilm, type FinishedFilm } from './finished-file.js'
import { AS_JPEG, photoFilters, tablesOf } from './photo.js'
import { inputOf, sampleByCount, selectSamples } from './sampled-frames.js'

const STEM = 'thumbnail'

/** Makes pictures at even distances, and a JSON list of their times. */
export function deriveThumbnails(file: FinishedFilm, request: ThumbnailsRequest): DerivedPass {
  const graph = new GraphBuilder()
  const sampling = sampleByCount(file, request.count)
  const w = even(Math.min(request.width, file.width))
  const h = even((w * file.height) / file.width)
  const input = graph.addInput(inputOf(file, sampling))
  const pad = graph.chain(`${input}:v:0`, [
    selectSamples(sampling, file),
    ...photoFilters(factsOfFilm(file), { width: w, height: h }),
    ...AS_JPEG,
  ])
  const list = Array.from({ length: sampling.count }, (_, index) => ({
    time: Number(((index + 0.5) * sampling.slotSec).toFixed(3)),
    file: imageName(STEM, index),
    width: w,
    height: h,
  }))
  return {
    name: 'thumbnails-thumbnails',
    kind: 'thumbnails',
    summary: `${sampling.count} thumbnails, ${w}×${h}, from ${file.name}`,
    inputs: graph.inputs,
    sideFiles: [{ name: 'thumbnails.json', contents: `${JSON.stringify({ thumbnails: list }, null, 2)}\n` }],
    graph: graph.nodes,
    ...tablesOf(graph),
    files: { form: 'images', pad, stem: STEM, count: sampling.count },
    durationSec: file.durationSec,
    outputNames: ['thumbnails'],
    cost: (sampling.count * w * h) / 1e6,
  }
}
