import type { ReplaceAudioOperation } from '../../edit/operations.js'
import type { CompileContext } from '../context.js'
import type { FilterCall } from '../graph-builder.js'
import { exactLength, SAMPLE_RATE } from '../sound-grid.js'
import { durationSec, type Timeline } from '../timeline.js'
import { findSoundAsset, type SoundAsset } from './find-asset.js'

/** The seconds of the timeline in which an asset's sound is heard. */
interface Heard {
  readonly startSec: number
  readonly endSec: number
}

/** An asset's sound in place of the material's, or mixed with it. Where it is not heard, it is silent. */
export function applyReplaceAudio(
  context: CompileContext,
  op: ReplaceAudioOperation,
  timeline: Timeline,
): Timeline {
  const sound = findSoundAsset(context, 'audio', op.audio)
  const heard = sound && heardWindow(context, op, sound, durationSec(timeline))
  if (!sound || !heard) return timeline
  const { graph } = context
  const added = openSound(context, op, sound, heard, timeline)
  if (op.mode === 'replace' || !timeline.audioPad) return { ...timeline, audioPad: added }
  const material = graph.chain(timeline.audioPad, exactLength(timeline))
  // Without `normalize` every input would lose half its volume.
  const audioPad = graph.add('amix', { inputs: 2, duration: 'first', normalize: 0 }, material, added)
  return { ...timeline, audioPad }
}

/** null, with the mistakes noted, when nothing would be heard or the fades do not fit. */
function heardWindow(
  { findings, pointer }: CompileContext,
  op: ReplaceAudioOperation,
  { audio }: SoundAsset,
  timelineSec: number,
): Heard | null {
  const startSec = op.start_time
  const endSec = Math.min(timelineSec, startSec + audio.durationSec - op.offset)
  if (startSec >= timelineSec) {
    const message = `"start_time" is ${startSec} s, but the picture ends at ${timelineSec.toFixed(3)} s`
    findings.reject(`${pointer}/start_time`, message)
  } else if (op.offset >= audio.durationSec) {
    const message = `"offset" is ${op.offset} s, but "${op.audio}" ends at ${audio.durationSec.toFixed(3)} s`
    findings.reject(`${pointer}/offset`, message)
  } else if (op.fade_in + op.fade_out > endSec - startSec) {
    const message = `"fade_in" and "fade_out" are longer than the ${(endSec - startSec).toFixed(3)} s heard`
    findings.reject(pointer, message)
  } else {
    return { startSec, endSec }
  }
  return null
}

/** The asset's sound on the timeline, in stereo at 48 kHz like every source's, as long as the picture. */
function openSound(
  { graph }: CompileContext,
  op: ReplaceAudioOperation,
  { key, facts, audio }: SoundAsset,
  { startSec, endSec }: Heard,
  timeline: Timeline,
): string {
  const input = graph.addInput({ key, format: facts.format, seekSec: 0 })
  const lengthSec = endSec - startSec
  const fades: FilterCall[] = []
  if (op.fade_in > 0) fades.push(['afade', { type: 'in', start_time: 0, duration: op.fade_in }])
  if (op.fade_out > 0) {
    const fadeSec = lengthSec - op.fade_out
    fades.push(['afade', { type: 'out', start_time: fadeSec, duration: op.fade_out }])
  }
  return graph.chain(`${input}:${audio.index}`, [
    ['aresample', { osr: SAMPLE_RATE, async: 1, first_pts: 0 }],
    ['aformat', { sample_fmts: 'fltp', sample_rates: SAMPLE_RATE, channel_layouts: 'stereo' }],
    ['atrim', { start: op.offset, duration: lengthSec }],
    ['asetpts', { expr: 'PTS-STARTPTS' }],
    ['volume', { volume: `${op.volume_db}dB` }],
    ...fades,
    ['adelay', { delays: `${Math.round(startSec * SAMPLE_RATE)}S`, all: 1 }],
    ...exactLength(timeline),
  ])
}
