import { SAMPLE_RATE } from '../frames/sound-grid.js'
import { serialiseChain } from '../graph/serialise-graph.js'
import { packetTimesFrom } from '../inputs/count-from.js'
import type { DecodedSound, PassInput, PassWork } from '../model/plan.js'
import { copiedSoundName, decodedSoundName } from '../model/work-files.js'
import { copySoundArgv } from './copy-argv.js'
import { DECODED_FORMAT, inputArgs } from './input-args.js'

/** A run of ffmpeg that puts the sound of an input into the work folder. */
interface SoundRun {
  readonly argv: readonly string[]
  readonly durationSec: number
}

/** The runs that prepare the inputs of a pass, in any order. */
export function soundRuns({ inputs }: Pick<PassWork, 'inputs'>): SoundRun[] {
  return inputs.flatMap((input, index): SoundRun[] => {
    const { sound, copied, ...file } = input
    if (sound) return [{ argv: decodeArgv(file, sound, index), durationSec: sound.durationSec }]
    if (!copied) return []
    const argv = copySoundArgv(file, copied, { index, file: copiedSoundName(index) })
    return [{ argv, durationSec: copied.endSec - copied.startSec }]
  })
}

/** Encoder of sound that is decoded beforehand. */
export const DECODED_ENCODER = 'pcm_f32le'

/**
 * Decodes sound that changes on the way. A graph of pictures and sound would begin again at each change, and lose its
 * place; a chain for the sound alone is made anew without loss.
 */
function decodeArgv(file: PassInput, sound: DecodedSound, index: number): readonly string[] {
  const filters = [
    { filter: 'pan', args: { args: sound.mix } },
    { filter: 'aresample', args: { osr: SAMPLE_RATE } },
    { filter: 'aformat', args: { sample_fmts: 'fltp', sample_rates: SAMPLE_RATE } },
  ]
  return [
    ...inputArgs(file, index),
    ...['-map', `0:${sound.stream}`, '-af', serialiseChain(filters)],
    ...['-c:a', DECODED_ENCODER, '-bsf:a', `setts=ts=${timesOf(sound)}`],
    ...['-f', DECODED_FORMAT, `file:${decodedSoundName(index)}`],
  ]
}

/**
 * Times are wrong by up to this where the demuxer counts with the rate that the sound had at its start. Then the samples
 * tell them.
 */
const UNSURE_SEC = 0.02

/** Filters forget what they have counted when the sound changes. What follows the encoder does not, so it sets the times. */
function timesOf(sound: DecodedSound): string {
  const next = 'PREV_OUTPTS+PREV_OUTDURATION'
  const isNext = sound.isCounted ? 'N' : `N*lt(abs(ld(1)-(${next})),${UNSURE_SEC}/TB)`
  const times = `0*st(1,${packetTimesFrom(sound.zeroSec, sound)})+if(${isNext},${next},ld(1))`
  return times.replaceAll(',', String.raw`\,`)
}
