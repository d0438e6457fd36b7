import type { LoudnessOperation } from '../../edit/operations/loudness.js'
import type { CompileContext } from '../context.js'
import { limitPeaks } from '../frames/limit-peaks.js'
import { exactLength } from '../frames/sound-grid.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'
import type { SoundLayout } from '../model/encode.js'

/**
 * Megapixels that could be encoded while a second of sound is measured: once as it is, and about twice with a
 * setting that is tried.
 */
const COST_PER_SEC = 4

/** Brings the sound at this point of the edit to a loudness: it is first measured, then set. */
export function applyLoudness(context: CompileContext, op: LoudnessOperation, timeline: Timeline): Timeline {
  const { graph, measurements, findings, pointer } = context
  if (!timeline.audioPad) {
    findings.reject(pointer, 'the material has no sound')
    return timeline
  }
  const name = `loudness-${measurements.length}`
  const seconds = durationSec(timeline)
  // Only what is heard is measured: the sound ends with the picture.
  const soundPad = graph.chain(timeline.audioPad, exactLength(timeline))
  const normalisedPad = graph.chain(soundPad, normalise(name, graph.layout))
  measurements.push({
    name,
    kind: 'measureLoudness',
    summary: `${op.target_lufs} LUFS, ${seconds.toFixed(1)} s`,
    inputs: [...graph.inputs],
    sideFiles: [],
    graph: graph.leadingTo([normalisedPad]),
    outputNames: [name],
    cost: seconds * COST_PER_SEC,
    soundPad,
    normalisedPad,
    target: { lufs: op.target_lufs, truePeakDb: op.true_peak_db },
    durationSec: seconds,
  })
  return { ...timeline, audioPad: normalisedPad, mayClip: false }
}

/**
 * One gain for all of the sound, and a limiter for the true peaks that the gain lifts too high. `loudnorm` would
 * not do: it rides the gain as soon as a peak would be too high, and comes out late.
 * @param measurement name of the measurement that sets both
 */
function normalise(measurement: string, layout: SoundLayout): FilterCall[] {
  return [
    ['volume', { volume: { measured: measurement, value: 'gain' } }],
    ...limitPeaks({ measured: measurement, value: 'ceiling' }, layout),
  ]
}
