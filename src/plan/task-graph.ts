import { measuredNames } from './loudness/needed-measurements.js'
import type { Pass, PassKind, PassWork, Plan } from './model/plan.js'

/** A pass as the workflow knows it. */
export interface Task {
  /** Name of the pass. */
  readonly name: string
  readonly kind: PassKind
  readonly summary: string
  /** Names of the tasks that have to be done first. */
  readonly needs: readonly string[]
}

/** The tasks of a plan. Each can begin as soon as those that it needs are done, and best in this order. */
export function taskGraph(plan: Plan): Task[] {
  const makers = new Map([
    ...plan.passes.flatMap(({ name, encodes }) => encodes.map(({ key }) => [key, name] as const)),
    ...plan.assemblies.map(({ name, key }) => [key, name] as const),
  ])
  const makersOf = ({ inputs }: PassWork) => [...new Set(inputs.flatMap(({ key }) => makers.get(key) ?? []))]
  return [
    // A measurement measures sound that earlier ones have set.
    ...plan.measurements.map((pass, index) => toTask(pass, names(plan.measurements.slice(0, index)))),
    ...[...plan.passes].sort(inOrder).map((pass) => toTask(pass, [...measuredNames(pass.graph)])),
    ...plan.assemblies.map((pass) => toTask(pass, makersOf(pass))),
    ...plan.derived.map((pass) => toTask(pass, makersOf(pass))),
  ]
}

/**
 * A free slot takes the longest pass that is left, so that all slots end at about the same time. The sound comes first,
 * since every assembly waits for it.
 */
function inOrder(a: Pass, b: Pass): number {
  const [aIsSound, bIsSound] = [a, b].map(({ kind }) => kind === 'encodeAudio')
  return Number(bIsSound) - Number(aIsSound) || b.cost - a.cost
}

function toTask({ name, kind, summary }: PassWork & Pick<Task, 'kind'>, needs: readonly string[]): Task {
  return { name, kind, summary, needs }
}

function names(passes: readonly PassWork[]): string[] {
  return passes.map(({ name }) => name)
}
