import { parseColor } from '../../edit/fields/color.js'
import type { WaveformRequest } from '../../edit/output/extras.js'
import { GraphBuilder } from '../graph/graph-builder.js'
import { hexColor } from '../graph/hex-color.js'
import type { DerivedPass } from '../model/plan.js'
import type { FinishedFile } from './finished-file.js'
import { inputOf } from './sampled-frames.js'

/** Draws the level of the sound over the whole length, on a transparent ground. */
export function deriveWaveform(file: FinishedFile, { width, height, color }: WaveformRequest): DerivedPass {
  const graph = new GraphBuilder()
  const input = graph.addInput(inputOf(file))
  const pad = graph.chain(`${input}:a:0`, [
    ['aformat', { channel_layouts: 'mono' }],
    ['showwavespic', { s: `${width}x${height}`, colors: hexColor(parseColor(color)) }],
  ])
  return {
    name: 'thumbnails-waveform',
    kind: 'thumbnails',
    summary: `waveform, ${width}×${height}, from ${file.name}`,
    inputs: graph.inputs,
    sideFiles: [],
    graph: graph.nodes,
    files: { form: 'image', pad },
    durationSec: file.durationSec,
    outputNames: ['waveform'],
    cost: 1,
  }
}
