import { assemblyArgv } from '../../plan/argv/assembly-argv.js'
import { derivedArgv } from '../../plan/argv/derived-argv.js'
import { passArgv } from '../../plan/argv/pass-argv.js'
import { previewMeterArgv } from '../../plan/loudness/loudness-argv.js'
import type { Assembly, Encode, PassKind, PassWork, Plan, PlannedOutput } from '../../plan/model/plan.js'
import { inputName } from '../../plan/model/work-files.js'
import { maxSizeBytes } from '../../plan/renditions/file-size.js'
import type { OutputPreview, PassPreview, PlanPreview } from '../use-cases.js'

/** A plan for people: what would run, and what would be made. Files are named by their storage keys. */
export function previewPlan(plan: Plan): PlanPreview {
  return {
    passes: [
      ...plan.measurements.map((pass) => previewPass(pass, previewMeterArgv(pass))),
      ...plan.passes.map((pass) =>
        previewPass(
          pass,
          passArgv(
            pass,
            pass.encodes.map(({ key }) => key),
          ),
        ),
      ),
      ...plan.assemblies.map((pass) => previewPass(pass, assemblyArgv(pass, pass.key))),
      ...plan.derived.map((pass) => previewPass(pass, derivedArgv(pass, folderOf(plan, pass)))),
    ],
    outputs: plan.outputs.map((output) => previewOutput(output, filmOf(plan, output))),
    warnings: plan.warnings,
  }
}

/** What makes the file of an output; null: it is made from finished files. */
function filmOf({ passes, assemblies }: Plan, { key }: PlannedOutput): Encode | Assembly | null {
  const encodes = passes.flatMap((pass) => pass.encodes)
  return [...encodes, ...assemblies].find((made) => made.key === key) ?? null
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

function folderOf({ outputs }: Plan, { name }: PassWork): string {
  return outputs.find(({ passName }) => passName === name)?.key.replace(/\/[^/]*$/, '') ?? name
}

/** The length and size of what is made from finished files are not known yet. */
function previewOutput(output: PlannedOutput, made: Encode | Assembly | null): OutputPreview {
  return {
    name: output.name,
    quality: output.quality,
    container: output.container,
    key: output.key,
    passName: output.passName,
    durationSec: made?.expected.durationSec ?? null,
    width: made?.expected.picture?.width ?? null,
    height: made?.expected.picture?.height ?? null,
    maxSizeBytes: made && 'video' in made ? maxSizeBytes(made) : null,
  }
}
