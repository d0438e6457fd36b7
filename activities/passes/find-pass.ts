import { AppError } from '../../src/errors.js'
import type {
  Assembly,
  DerivedPass,
  Measurement,
  Pass,
  Plan,
  PlannedOutput,
} from '../../src/plan/model/plan.js'

export type PlannedPass =
  | { readonly step: 'measure'; readonly pass: Measurement }
  | { readonly step: 'render'; readonly pass: Pass; readonly outputs: readonly PlannedOutput[] }
  | { readonly step: 'assemble'; readonly pass: Assembly; readonly output: PlannedOutput }
  | { readonly step: 'derive'; readonly pass: DerivedPass; readonly outputs: readonly PlannedOutput[] }

/** @throws AppError `internal` when there is no such pass */
export function findPass(plan: Plan | null, passName: string): PlannedPass {
  const planned = plan && passOfPlan(plan, passName)
  if (!planned) throw new AppError('internal', `The plan has no pass ${passName}.`)
  return planned
}

function passOfPlan(plan: Plan, passName: string): PlannedPass | null {
  const { outputs } = plan
  const measurement = plan.measurements.find(({ name }) => name === passName)
  if (measurement) return { step: 'measure', pass: measurement }
  const pass = plan.passes.find(({ name }) => name === passName)
  if (pass) {
    return { step: 'render', pass, outputs: outputs.filter(({ name }) => pass.outputNames.includes(name)) }
  }
  const made = outputs.filter((output) => output.passName === passName)
  const assembly = plan.assemblies.find(({ name }) => name === passName)
  const [output] = made
  if (assembly && output) return { step: 'assemble', pass: assembly, output }
  const derived = plan.derived.find(({ name }) => name === passName)
  return derived ? { step: 'derive', pass: derived, outputs: made } : null
}
