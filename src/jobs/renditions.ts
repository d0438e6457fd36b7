import type { ErrorCode } from '../errors.js'
import type { PassKind } from '../plan/model/plan.js'
import type { PassRow, PassStatus } from './model.js'

/** State of a rendition, from all passes that make it or parts of it. */
export interface RenditionState {
  /** Name of the output. */
  readonly name: string
  readonly status: PassStatus
  /** Share that is done, 0–1. */
  readonly progress: number
  /** Highest attempt number of its passes; 0 before the first attempt. */
  readonly attempt: number
  readonly errorCode: ErrorCode | null
}

/** Kinds of passes that make no rendition. */
const HELPERS: ReadonlySet<PassKind> = new Set(['measureLoudness', 'thumbnails', 'package'])

/** The renditions of a job, in the order in which its passes name them. */
export function renditionsOf(passes: readonly PassRow[]): RenditionState[] {
  const byName = new Map<string, PassRow[]>()
  for (const pass of passes) {
    if (HELPERS.has(pass.kind)) continue
    for (const name of pass.outputNames) byName.set(name, [...(byName.get(name) ?? []), pass])
  }
  return [...byName].map(([name, made]) => ({
    name,
    status: statusOf(made),
    progress: shareOf(made),
    attempt: Math.max(...made.map(({ attempt }) => attempt)),
    errorCode: made.find(({ errorCode }) => errorCode !== null)?.errorCode ?? null,
  }))
}

/**
 * A rendition has failed or been cancelled when one of its passes has. It begins with its first pass and is completed
 * by its last.
 */
function statusOf(passes: readonly PassRow[]): PassStatus {
  const has = (status: PassStatus) => passes.some((pass) => pass.status === status)
  if (passes.every(({ status }) => status === 'completed')) return 'completed'
  if (has('failed')) return 'failed'
  if (has('cancelled')) return 'cancelled'
  return has('processing') || has('completed') ? 'processing' : 'pending'
}

function shareOf(passes: readonly PassRow[]): number {
  const cost = passes.reduce((sum, pass) => sum + pass.cost, 0)
  if (cost === 0) return 0
  return passes.reduce((sum, pass) => sum + pass.cost * pass.progress, 0) / cost
}
