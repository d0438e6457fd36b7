import type { Ducking } from '../../edit/operations/replace-audio.js'
import { exactLength } from '../frames/sound-grid.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'

/**
 * The other sound is lifted this far before its level is compared. All that is no further below full scale then
 * counts as full scale and lowers the sound by the full amount, whatever its own level.
 */
const FULL_EFFECT_BELOW_DB = 24

/** The steepest ratio that `sidechaincompress` has. */
const RATIO = 20

/** Goes on after the end of sound. */
const ENDLESS: FilterCall = ['apad', {}]

/**
 * Lowers a sound while another one is heard; the result is as long as the timeline. `sidechaincompress` ends as soon as
 * one of its inputs has ended, and forgets what it holds of the other. Since ffmpeg 7 the inputs are read at the same
 * time, one of them often far ahead, so both go on for ever, and the end is cut.
 */
export function duck(
  graph: GraphBuilder,
  [sound, other]: readonly [sound: string, other: string],
  ducking: Ducking,
  timeline: Pick<Timeline, 'frameCount' | 'frameRate'>,
): string {
  const key = graph.chain(other, [
    ['volume', { volume: `${FULL_EFFECT_BELOW_DB}dB` }],
    // Whole numbers end at full scale, so that louder samples are clipped. This copy is not heard.
    ['aformat', { sample_fmts: 's16p' }],
    ENDLESS,
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
  const lowered = graph.add('sidechaincompress', args, graph.chain(sound, [ENDLESS]), key)
  return graph.chain(lowered, exactLength(timeline))
}
