import { SAMPLE_RATE } from '../frames/sound-grid.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import type { AudioFacts } from '../model/facts.js'
import { countSoundFrom } from './count-from.js'

/**
 * Sound that is late or early by more than this is moved: gaps stay silent, and overlaps are cut. Where times vary, the
 * sound would be torn at each packet, so that only what is beyond the variation counts.
 */
const ALIGNED_SEC = 0.001

/** A variation above this is none, and the sound is no more in sync. */
const MOST_JITTER_SEC = 0.04

/** The resampler needs samples before the first that is kept. */
const RUN_UP_SEC = 0.5

/**
 * Opens sound from a moment of its file's clock on, as stereo at 48 kHz with gaps filled and drift corrected. More
 * channels are mixed down by ITU-R BS.775 (centre and surround at −3 dB, no LFE), and the sum is scaled so that it
 * cannot clip. A single channel is heard at its own level on both sides.
 */
export function openAudio(graph: GraphBuilder, pad: string, audio: AudioFacts, fromSec: number): string {
  const widen: FilterCall[] = audio.channels === 1 ? [['pan', { args: 'stereo|c0=c0|c1=c0' }]] : []
  return graph.chain(pad, [
    countSoundFrom(fromSec, audio),
    ['atrim', { start: -RUN_UP_SEC }],
    ...widen,
    [
      'aresample',
      {
        osr: SAMPLE_RATE,
        async: 1,
        min_hard_comp: alignmentOf(audio),
        first_pts: -RUN_UP_SEC * SAMPLE_RATE,
        rematrix_maxval: 1,
      },
    ],
    ['aformat', { sample_fmts: 'fltp', sample_rates: SAMPLE_RATE, channel_layouts: 'stereo' }],
    ['atrim', { start: 0 }],
    ['asetpts', { expr: 'PTS-STARTPTS' }],
  ])
}

function alignmentOf({ jitterSec = 0 }: AudioFacts): number {
  return Math.max(ALIGNED_SEC, Math.min(MOST_JITTER_SEC, 2 * jitterSec))
}
