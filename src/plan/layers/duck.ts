import type { Ducking } from '../../edit/operations/replace-audio.js'
import type { GraphBuilder } from '../graph/graph-builder.js'

/**
 * The other sound is lifted this far before its level is compared. All that is no further below full scale then
 * counts as full scale and lowers the sound by the full amount, whatever its own level.
 */
const FULL_EFFECT_BELOW_DB = 24

/** The steepest ratio that `sidechaincompress` has. */
const RATIO = 20

/** Lowers a sound while another one is heard. Both are equally long. */
export function duck(graph: GraphBuilder, sound: string, other: string, ducking: Ducking): string {
  const key = graph.chain(other, [
    ['volume', { volume: `${FULL_EFFECT_BELOW_DB}dB` }],
    // Whole numbers end at full scale, so that louder samples are clipped. This copy is not heard.
    ['aformat', { sample_fmts: 's16p' }],
  ])
  const thresholdDb = -ducking.amount_db / (1 - 1 / RATIO)
  const args = {
    threshold: 10 ** (thresholdDb / 20),
    ratio: RATIO,
    attack: ducking.attack * 1000,
    release: ducking.release * 1000,
    // A hard knee: with a soft one the amount would not be as stated.
    knee: 1,
    link: 'maximum',
  }
  return graph.add('sidechaincompress', args, sound, key)
}
