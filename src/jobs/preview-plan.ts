import { inputName, passArgv } from '../plan/argv/pass-argv.js'
import { derivedArgv } from '../plan/derive/derived-argv.js'
import { previewMeterArgv } from '../plan/loudness/loudness-argv.js'
import type { PassKind, PassWork, Pass, Plan, PlannedOutput } from '../plan/plan.js'
import type { OutputPreview, PassPreview, PlanPreview } from './use-cases.js'

/** A plan for people: what would run, and what would come out. Files are named by their storage keys. */
export function previewPlan(plan: Plan): PlanPreview {
  const outputOf = ({ name }: PassWork) => plan.outputs.find(({ passName }) => passName === name)
  return {
    passes: [
      ...plan.measurements.map((pass) => previewPass(pass, previewMeterArgv(pass))),
      ...plan.passes.map((pass) => previewPass(pass, passArgv(pass, outputOf(pass)?.key ?? pass.outputName))),
      ...plan.derived.map((pass) => previewPass(pass, derivedArgv(pass, folderOf(outputOf(pass), pass)))),
    ],
    outputs: plan.outputs.map((output) =>
      previewOutput(
        output,
        plan.passes.find(({ name }) => name === output.passName),
      ),
    ),
    warnings: plan.warnings,
  }
}

function previewPass(pass: PassWork & { readonly kind: PassKind }, argv: readonly string[]): PassPreview {
  const keys = new Map(pass.inputs.map(({ key }, index) => [`file:${inputName(index)}`, `file:${key}`]))
  const { name, kind, summary, inputs, cost } = pass
  return {
    name,
    kind,
    summary,
    cost,
    inputs: inputs.map(({ key }) => key),
    ffmpegArguments: argv.map((token) => keys.get(token) ?? token),
  }
}

function folderOf(output: PlannedOutput | undefined, { outputName }: PassWork): string {
  return output?.key.replace(/\/[^/]*$/, '') ?? outputName
}

/** What is made from finished files has a length and a size only then. */
function previewOutput(output: PlannedOutput, pass: Pass | undefined): OutputPreview {
  const expected = pass?.encode.expected
  return {
    name: output.name,
    quality: output.quality,
    container: output.container,
    key: output.key,
    passName: output.passName,
    durationSec: expected?.durationSec ?? null,
    width: expected?.picture?.width ?? null,
    height: expected?.picture?.height ?? null,
    maxSizeBytes: pass ? maxSizeBytes(pass) : null,
  }
}

/** The caps of the bit rates over the length; null when the picture or the sound has none. */
function maxSizeBytes({ encode: { video, audio, expected } }: Pass): number | null {
  const coding = video?.coding
  const pictures = coding ? ('maxBitRate' in coding ? coding.maxBitRate : null) : 0
  const sound = audio ? audio.coding.bitRate : 0
  if (pictures === null || sound === null) return null
  return Math.ceil(((pictures + sound) * expected.durationSec) / 8)
}
