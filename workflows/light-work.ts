import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  patched,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { CONTROL, IN_PLACE } from './activity-options.js'

type LightWork = Pick<Activities, 'plan' | 'publish'>

const queued = proxyActivities<LightWork>(CONTROL)
const inPlace = proxyLocalActivities<LightWork>(IN_PLACE)

/** The patch since which light steps run in place, and since which an edit is planned before it is probed. */
export const LIGHT_WORK_IN_PLACE = 'light-work-in-place'

/**
 * The light steps. Each is tried once as a local activity, which avoids the queue round trip. If it fails and may
 * succeed later, it goes through the queue, where operators see that an outage is being waited for. Must be the first
 * call of a workflow: workflows that an older version started use the queue alone, and continue to.
 */
export function lightWork(): LightWork {
  if (!patched(LIGHT_WORK_IN_PLACE)) return queued
  return {
    plan: (input) => inPlace.plan(input).catch(retrying(() => queued.plan(input))),
    publish: (input) => inPlace.publish(input).catch(retrying(() => queued.publish(input))),
  }
}

function retrying<Result>(again: () => Promise<Result>) {
  return (error: unknown): Promise<Result> => {
    if (isCancellation(error) || isForGood(error)) throw error
    return again()
  }
}

function isForGood(error: unknown): boolean {
  const { cause } = error instanceof ActivityFailure ? error : { cause: error }
  return cause instanceof ApplicationFailure && cause.nonRetryable === true
}
