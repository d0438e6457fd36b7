import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  setCurrentDetails,
} from '@temporalio/workflow'
import { lightWork } from './light-work.js'

/** Runs a job's work and writes its end, also after a cancellation or a failure. */
export async function settle(
  jobId: string,
  work: (light: ReturnType<typeof lightWork>) => Promise<void>,
): Promise<void> {
  const light = lightWork()
  const { publish } = light
  try {
    await work(light)
  } catch (error) {
    const reason = asCancellation(error)
    const end = isCancellation(reason)
      ? ({ status: 'cancelled', errorCode: null, errorMessage: null } as const)
      : ({ status: 'failed', ...describe(reason) } as const)
    setCurrentDetails(end.errorMessage ?? 'Cancelled.')
    await CancellationScope.nonCancellable(() => publish({ jobId, ...end }))
    throw reason
  }
  // All the work is done: a cancellation that arrives now is too late.
  await CancellationScope.nonCancellable(() =>
    publish({ jobId, status: 'completed', errorCode: null, errorMessage: null }),
  )
  setCurrentDetails('Completed.')
}

/**
 * A step that fails while it is being stopped, or times out because its worker is gone, counts as cancelled: the user
 * asked for the end of the job.
 */
function asCancellation(error: unknown): unknown {
  if (isCancellation(error) || !CancellationScope.current().consideredCancelled) return error
  return new CancelledFailure('the job was cancelled')
}

/** Code and message of the activity that failed. A timeout has neither. */
function describe(error: unknown): { errorCode: string; errorMessage: string } {
  const cause = error instanceof ActivityFailure ? error.cause : error
  if (cause instanceof ApplicationFailure && cause.type) {
    return { errorCode: cause.type, errorMessage: cause.message }
  }
  return { errorCode: 'internal', errorMessage: 'A step of the job took too long.' }
}
