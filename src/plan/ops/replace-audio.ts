import { LIMITS } from '../../edit/limits.js'
import type { Ducking, ReplaceAudioOperation } from '../../edit/operations/replace-audio.js'
import type { CompileContext } from '../context.js'
import { delayedBy, exactLength, SAMPLE_RATE } from '../frames/sound-grid.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import { openAudio } from '../inputs/open-audio.js'
import { momentOf } from '../inputs/open-video.js'
import { assetWarnings } from '../inputs/sound-remarks.js'
import { duck } from '../layers/duck.js'
import { findSoundAsset, type SoundAsset } from '../layers/find-asset.js'

/** The seconds of the timeline in which an asset's sound is heard. */
interface Heard {
  readonly startSec: number
  readonly endSec: number
}

/** Replaces the material's sound by an asset's, or mixes both. Outside its seconds the asset is silent. */
export function applyReplaceAudio(
  context: CompileContext,
  op: ReplaceAudioOperation,
  timeline: Timeline,
): Timeline {
  const asset = findSoundAsset(context, 'audio', op.audio)
  const sound = asset && timed(asset)
  const heard = sound && heardWindow(context, op, sound, durationSec(timeline))
  if (!sound || !heard) return timeline
  if (op.mode === 'replace' && op.ducking) {
    context.findings.reject(`${context.pointer}/ducking`, '"ducking" needs the mode "mix"')
  }
  const { audio, fromSec } = sound
  for (const warning of assetWarnings(op.audio, audio, context.graph.layout)) context.findings.warn(warning)
  const opened = openAudio(context.graph, sound, { audio, fromSec })
  const added = context.graph.chain(opened, soundFilters(op, sound, heard, timeline))
  if (op.mode === 'replace' || !timeline.audioPad) {
    return { ...timeline, audioPad: added, mayClip: op.volume_db > 0 }
  }
  const material = context.graph.chain(timeline.audioPad, exactLength(timeline))
  const { graph } = context
  const sounds = op.ducking ? ducked(graph, op.ducking, timeline, [material, added]) : [material, added]
  // Without `normalize` every input would lose half its volume.
  const mixed = graph.add('amix', { inputs: 2, duration: 'first', normalize: 0 }, ...sounds)
  return { ...timeline, audioPad: mixed, mayClip: true }
}

/** The sound of an asset, and when it begins: with its picture, if there is one. */
interface TimedSound extends SoundAsset {
  /** Seconds on the clock of its file. */
  readonly fromSec: number
  /** Seconds from then to its end. */
  readonly lengthSec: number
}

function timed(asset: SoundAsset): TimedSound {
  const { facts, audio } = asset
  const fromSec = facts.video ? momentOf(facts, facts.video, 0) : facts.startSec
  return { ...asset, fromSec, lengthSec: audio.startSec + audio.durationSec - fromSec }
}

function ducked(
  graph: GraphBuilder,
  ducking: Ducking,
  timeline: Timeline,
  [material, added]: readonly [material: string, added: string],
): string[] {
  const [sound, other] = ducking.lower === 'material' ? [material, added] : [added, material]
  const [heard = other, key = other] = graph.splitSound(other, 2)
  return [duck(graph, [sound, key], ducking, timeline), heard]
}

/** When the asset is heard; null, with the mistake noted, when it never would be or its fades do not fit. */
function heardWindow(
  { findings, pointer }: CompileContext,
  op: ReplaceAudioOperation,
  { lengthSec: ownSec }: TimedSound,
  timelineSec: number,
): Heard | null {
  const startSec = op.start_time
  const partSec = ownSec - op.offset
  const endSec = op.loop ? timelineSec : Math.min(timelineSec, startSec + partSec)
  if (startSec >= timelineSec) {
    const message = `"start_time" is ${startSec} s, but the picture ends at ${timelineSec.toFixed(3)} s`
    findings.reject(`${pointer}/start_time`, message)
  } else if (op.offset >= ownSec) {
    const message = `"offset" is ${op.offset} s, but "${op.audio}" ends at ${ownSec.toFixed(3)} s`
    findings.reject(`${pointer}/offset`, message)
  } else if (isRepeated(op, partSec, endSec - startSec) && partSec > LIMITS.loopSec) {
    const message = `"loop" can repeat at most ${LIMITS.loopSec} s, but ${partSec.toFixed(3)} s are to be repeated`
    findings.reject(`${pointer}/loop`, message)
  } else if (op.fade_in + op.fade_out > endSec - startSec) {
    const heardSec = (endSec - startSec).toFixed(3)
    const message = `"fade_in" and "fade_out" together are longer than the ${heardSec} s that are heard`
    findings.reject(pointer, message)
  } else {
    return { startSec, endSec }
  }
  return null
}

function isRepeated({ loop }: ReplaceAudioOperation, partSec: number, heardSec: number): boolean {
  return loop && partSec < heardSec
}

/** Filters that put an asset's sound on the whole timeline. */
function soundFilters(
  op: ReplaceAudioOperation,
  { lengthSec: ownSec }: TimedSound,
  { startSec, endSec }: Heard,
  timeline: Timeline,
): FilterCall[] {
  const lengthSec = endSec - startSec
  const partSec = ownSec - op.offset
  const fades: FilterCall[] = []
  if (op.fade_in > 0) fades.push(['afade', { type: 'in', start_time: 0, duration: op.fade_in }])
  if (op.fade_out > 0) {
    const fadeSec = lengthSec - op.fade_out
    fades.push(['afade', { type: 'out', start_time: fadeSec, duration: op.fade_out }])
  }
  return [
    ['atrim', { start: op.offset, duration: Math.min(partSec, lengthSec) }],
    ['asetpts', { expr: 'PTS-STARTPTS' }],
    ...(isRepeated(op, partSec, lengthSec) ? repeated(partSec, lengthSec) : []),
    ['volume', { volume: `${op.volume_db}dB` }],
    ...fades,
    ...delayedBy(Math.round(startSec * SAMPLE_RATE)),
    ...exactLength(timeline),
  ]
}

/** The repeated part is kept in memory, with 16 bits a sample: half of what floating point would take. */
function repeated(partSec: number, lengthSec: number): FilterCall[] {
  return [
    ['aformat', { sample_fmts: 's16' }],
    ['aloop', { loop: -1, size: Math.ceil(partSec * SAMPLE_RATE) }],
    ['atrim', { duration: lengthSec }],
    ['aformat', { sample_fmts: 'fltp' }],
  ]
}
