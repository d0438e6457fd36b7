import { activityInfo, ApplicationFailure } from '@temporalio/activity'
import type { ActivityInterceptorsFactory } from '@temporalio/worker'
import type { Logger } from 'pino'
import { type LogIds, withLogIds } from '../src/jobs/log-ids.js'
import { countFailure, forHistory } from './failure.js'

/** Wraps every activity: adds its ids to log lines, and is the only place where errors are handed to Temporal. */
export function createInterceptor(log: Logger): ActivityInterceptorsFactory {
  return () => ({
    inbound: {
      execute: (input, next) =>
        withLogIds(idsOf(input.args), async () => {
          try {
            return await next(input)
          } catch (error) {
            const failure = countFailure(error)
            // At the level info: the SDK warns of it, without the cause, and a user's mistake needs no operator.
            if (failure instanceof ApplicationFailure) log.info({ err: failure }, 'an activity has failed')
            throw forHistory(failure)
          }
        }),
    },
  })
}

function idsOf([input]: readonly unknown[]): LogIds {
  const { activityType: activity, attempt, workflowExecution } = activityInfo()
  const workflowId = workflowExecution?.workflowId
  const hasJob = typeof input === 'object' && input !== null && 'jobId' in input
  return {
    ...(hasJob && typeof input.jobId === 'string' ? { jobId: input.jobId } : {}),
    ...(workflowId === undefined ? {} : { workflowId }),
    activity,
    attempt,
  }
}
