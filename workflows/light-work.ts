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

/** The version since which it is so, and since which an edit is planned before it is probed. */
export const LIGHT_WORK_IN_PLACE = 'light-work-in-place'

/**
 * The light steps. Each is tried once by the worker that has the workflow, which saves the ways over the queue; what
 * fails for now goes through the queue, where an outage can be waited for in the sight of operators. To be called
 * first of all: workflows of an older version have always gone through the queue, and go on so.
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
