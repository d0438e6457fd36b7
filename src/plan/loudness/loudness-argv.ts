import { audioArgs } from '../argv/audio-args.js'
import { containerArgs } from '../argv/container-args.js'
import { inputArgs, madeFileArgs } from '../argv/input-args.js'
import { TRUE_PEAK_RATE } from '../frames/sound-grid.js'
import { type FilterCall, nodesLeadingTo } from '../graph/graph-builder.js'
import { serialiseGraph } from '../graph/serialise-graph.js'
import { madeFormat } from '../model/made-formats.js'
import type { Encode, FilterNode, Measurement } from '../model/plan.js'
import { fillMeasured } from './fill-measured.js'
import type { LoudnessReading, LoudnessSetting } from './find-setting.js'

/** Files that the meter writes into the work folder: a line each 100 ms, about all sound so far. */
export const METER_FILES = { loudness: 'loudness.txt', peak: 'peak.txt' } as const

const LOUDNESS = 'lavfi.r128.I'
const PEAK = 'lavfi.astats.Overall.Peak_level'

/** What `ebur128` says of sound that is nowhere loud enough, or not long enough. */
const NO_LOUDNESS = -70

/** The arguments of ffmpeg that meter the sound as it is. */
export function meterArgv(measurement: Measurement, earlier: ReadonlyMap<string, LoudnessSetting>): string[] {
  return previewMeterArgv({ ...measurement, graph: fillMeasured(soundOf(measurement), earlier) })
}

/** The same before anything is measured, for dry runs. */
export function previewMeterArgv(measurement: Measurement): string[] {
  const { inputs, soundPad } = measurement
  return [...inputs.flatMap(inputArgs), ...metered(soundOf(measurement), soundPad)]
}

function soundOf({ graph, soundPad }: Measurement): FilterNode[] {
  return nodesLeadingTo(graph, [soundPad])
}

/** The arguments that render the sound with a setting, coded as the rendition's will be. */
export function trialArgv(
  measurement: Measurement,
  settings: ReadonlyMap<string, LoudnessSetting>,
  file: string,
): string[] {
  const { inputs, normalisedPad, coding } = measurement
  const graph = fillMeasured(nodesLeadingTo(measurement.graph, [normalisedPad]), settings)
  return [
    ...inputs.flatMap(inputArgs),
    ...['-filter_complex', serialiseGraph(graph), '-map', `[${normalisedPad}]`],
    ...audioArgs(coding.audio),
    ...containerArgs(coding.container),
    `file:${file}`,
  ]
}

/** The arguments that meter what `trialArgv` has rendered. */
export function trialMeterArgv(file: string, container: Encode['container']): string[] {
  return [...madeFileArgs(madeFormat(container), file), ...metered([], '0:a:0')]
}

function metered(graph: readonly FilterNode[], pad: string): string[] {
  const print = (key: string, file: string) => ({ mode: 'print', key, file })
  const chain: readonly FilterCall[] = [
    ['ebur128', { metadata: 1 }],
    ['ametadata', print(LOUDNESS, METER_FILES.loudness)],
    ['aresample', { osr: TRUE_PEAK_RATE }],
    ['astats', { metadata: 1, measure_perchannel: 'none', measure_overall: 'Peak_level' }],
    ['ametadata', print(PEAK, METER_FILES.peak)],
  ]
  const meter = chain.map(([filter, args], index) => ({
    filter,
    args,
    inputs: [index === 0 ? pad : `m${index - 1}`],
    outputs: [`m${index}`],
  }))
  const end = `[m${chain.length - 1}]`
  return ['-filter_complex', serialiseGraph([...graph, ...meter]), '-map', end, '-f', 'null', '-']
}

/** What the meter's files say at their ends. */
export function readMeter(loudness: string, peak: string): LoudnessReading {
  const lufs = lastValue(loudness, LOUDNESS)
  return { lufs: lufs !== null && lufs > NO_LOUDNESS ? lufs : null, truePeakDb: lastValue(peak, PEAK) }
}

/** The last value of a key; null: there is none, or it is −∞. */
function lastValue(text: string, key: string): number | null {
  const lines = text.split('\n').filter((line) => line.startsWith(`${key}=`))
  const value = Number(lines.at(-1)?.slice(key.length + 1) ?? NaN)
  return Number.isFinite(value) ? value : null
}
