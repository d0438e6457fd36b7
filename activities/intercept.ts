import { activityInfo, ApplicationFailure } from '@temporalio/activity'
import type { ActivityInterceptorsFactory } from '@temporalio/worker'
import type { Logger } from 'pino'
import { type LogIds, withLogIds } from '../src/jobs/log-ids.js'
import { noteAttempt } from './attempts.js'
import { endAttempt, forHistory } from './failure.js'
import { requireSurvival } from './give-up.js'

/** Without these a job has no end, nobody is told or the house is not kept, so nothing makes them give up. */
const UNENDING: ReadonlySet<string> = new Set([
  ...['publish', 'startUnstarted', 'settleEnded', 'keepHouse', 'deliverDue'],
])

/**
 * Wraps every activity: adds its ids to log lines, gives up work at which workers die, and is the only place where errors
 * are handed to Temporal.
 * @param maxWaitMs how long a step of a job may wait for what is unavailable
 */
export function createInterceptor(log: Logger, maxWaitMs: number): ActivityInterceptorsFactory {
  return () => ({
    inbound: {
      execute: (input, next) =>
        withLogIds(idsOf(input.args), async () => {
          const isStep = !UNENDING.has(activityInfo().activityType)
          try {
            if (isStep) begin(log)
            return await next(input)
          } catch (error) {
            const failure = endAttempt(error, isStep ? maxWaitMs : Infinity)
            // At the level info: the SDK warns of it, without the cause, and a user's mistake needs no operator.
            if (failure instanceof ApplicationFailure && failure.category !== 'BENIGN')
              log.info({ err: failure }, 'an activity has failed')
            throw forHistory(failure)
          }
        }),
    },
  })
}

/** The heartbeat says that the attempt runs: when it says nothing more, its worker has died. */
function begin(log: Logger): void {
  const attempts = noteAttempt({ runs: 'together' })
  if (attempts.deaths > 0) log.warn({ attempts }, 'workers have died, or stood still, at this work')
  requireSurvival(attempts)
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
