import type { Ducking } from '../../edit/operations/replace-audio.js'
import type { GraphBuilder } from '../graph/graph-builder.js'

/**
 * Lifts what is soft in the other sound to full scale, so that a sound is lowered by the same amount whatever
 * the level of the other one: all of it from this far below full scale on.
 */
const FULL_EFFECT_BELOW_DB = 24

/** The steepest that `sidechaincompress` has. */
const RATIO = 20

/** Lowers a sound while another one is heard. Both are equally long. */
export function duck(graph: GraphBuilder, sound: string, other: string, ducking: Ducking): string {
  const key = graph.chain(other, [
    ['volume', { volume: `${FULL_EFFECT_BELOW_DB}dB` }],
    // Whole numbers end at full scale: what is louder is clipped. Nobody hears it.
    ['aformat', { sample_fmts: 's16p' }],
  ])
  const thresholdDb = -ducking.amount_db / (1 - 1 / RATIO)
  const args = {
    threshold: 10 ** (thresholdDb / 20),
    ratio: RATIO,
    attack: ducking.attack * 1000,
    release: ducking.release * 1000,
    // A hard knee, or the amount would not be as stated.
    knee: 1,
    link: 'maximum',
  }
  return graph.add('sidechaincompress', args, sound, key)
}
