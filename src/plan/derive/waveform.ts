import { parseColor } from '../../edit/fields/color.js'
import type { WaveformRequest } from '../../edit/output/extras.js'
import { GraphBuilder } from '../graph/graph-builder.js'
import { hexColor } from '../graph/hex-color.js'
import type { DerivedPass } from '../model/plan.js'
import type { FinishedFile } from './finished-file.js'
import { inputOf } from './sampled-frames.js'

/**
 * Draws the level of the sound over the whole length, on a transparent ground. Each channel is drawn over the other:
 * their sum would be silent where they are opposite. The line in the middle is what silence looks like.
 */
export function deriveWaveform(file: FinishedFile, { width, height, color }: WaveformRequest): DerivedPass {
  const graph = new GraphBuilder()
  const input = graph.addInput(inputOf(file))
  const ink = hexColor(parseColor(color))
  const waves = graph.chain(`${input}:a:0`, [
    ['aformat', { channel_layouts: 'stereo' }],
    ['showwavespic', { s: `${width}x${height}`, colors: `${ink}|${ink}`, draw: 'full' }],
  ])
  const line = graph.chain(graph.add('color', { c: ink, s: `${width}x1`, r: 1, d: 1 }), [
    ['format', { pix_fmts: 'rgba' }],
  ])
  const middle = { x: 0, y: Math.floor((height - 1) / 2), format: 'rgb' }
  const pad = graph.add('overlay', middle, waves, line)
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
