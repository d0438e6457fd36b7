import type { LoudnessOperation } from '../../edit/operations/loudness.js'
import type { CompileContext } from '../context.js'
import { exactLength } from '../frames/sound-grid.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import { loudnessStage } from './loudness-stage.js'

/**
 * Megapixels that could be encoded while a second of sound is measured: once as it is, and about twice with a
 * setting that is tried.
 */
const COST_PER_SEC = 4

/** The sound at this point brought to a loudness: first measured, then set. */
export function applyLoudness(context: CompileContext, op: LoudnessOperation, timeline: Timeline): Timeline {
  const { graph, measurements, findings, pointer } = context
  if (!timeline.audioPad) {
    findings.reject(pointer, 'the material has no sound')
    return timeline
  }
  const name = `loudness-${measurements.length}`
  const seconds = durationSec(timeline)
  // What is heard is measured: sound ends with the picture.
  const soundPad = graph.chain(timeline.audioPad, exactLength(timeline))
  const normalisedPad = graph.chain(soundPad, loudnessStage(name))
  measurements.push({
    name,
    kind: 'measureLoudness',
    summary: `${op.target_lufs} LUFS, ${seconds.toFixed(1)} s`,
    inputs: [...graph.inputs],
    sideFiles: [],
    graph: graph.leadingTo([normalisedPad]),
    outputNames: [name],
    cost: seconds * COST_PER_SEC,
    ...{ soundPad, normalisedPad },
    target: { lufs: op.target_lufs, truePeakDb: op.true_peak_db },
    durationSec: seconds,
  })
  return { ...timeline, audioPad: normalisedPad }
}
