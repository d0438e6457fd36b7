import type { ErrorCode } from '../errors.js'
import type { PassKind } from '../plan/model/plan.js'
import type { PassRow, PassStatus } from './model.js'

/** How far a rendition is, by all passes that make it or parts of it. */
export interface RenditionState {
  /** Name of the output. */
  readonly name: string
  readonly status: PassStatus
  /** Share that is done, 0–1. */
  readonly progress: number
  /** The most that one of the passes has had; 0 before the first. */
  readonly attempt: number
  readonly errorCode: ErrorCode | null
}

/** Passes that make no rendition. */
const HELPERS: ReadonlySet<PassKind> = new Set(['measureLoudness', 'thumbnails', 'package'])

/** In the order in which the passes name them. */
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

/** An end that one pass has met is that of the rendition; it is begun with the first of them, and done with the last. */
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
