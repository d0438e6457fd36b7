import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import type { AudioFacts } from '../model/facts.js'

/**
 * Opens sound from `cutSec` of the opened input on, as stereo at 48 kHz with gaps filled and drift corrected. More
 * channels are mixed down by ITU-R BS.775 (centre and surround at −3 dB, no LFE), and the sum is scaled so that it
 * cannot clip. A single channel is heard at its own level on both sides.
 */
export function openAudio(graph: GraphBuilder, pad: string, audio: AudioFacts, cutSec: number): string {
  const widen: FilterCall[] = audio.channels === 1 ? [['pan', { args: 'stereo|c0=c0|c1=c0' }]] : []
  return graph.chain(pad, [
    ...widen,
    ['aresample', { osr: 48_000, async: 1, first_pts: 0, rematrix_maxval: 1 }],
    ['aformat', { sample_fmts: 'fltp', sample_rates: 48_000, channel_layouts: 'stereo' }],
    ['atrim', { start: cutSec }],
    ['asetpts', { expr: 'PTS-STARTPTS' }],
  ])
}
