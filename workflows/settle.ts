import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  setCurrentDetails,
} from '@temporalio/workflow'
import { lightWork } from './light-work.js'

/** Runs a job's work and writes its end, whatever that is: after a cancellation and a failure, too. */
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
  // From here on the job is whole: a cancellation that comes now comes too late.
  await CancellationScope.nonCancellable(() =>
    publish({ jobId, status: 'completed', errorCode: null, errorMessage: null }),
  )
  setCurrentDetails('Completed.')
}

/**
 * What fails while it is being stopped, or times out since its worker is gone, is part of the cancellation: the
 * user asked for an end, and gets it.
 */
function asCancellation(error: unknown): unknown {
  if (isCancellation(error) || !CancellationScope.current().consideredCancelled) return error
  return new CancelledFailure('the job was cancelled')
}

/** The code and message that the failing activity gave; a timeout has neither. */
function describe(error: unknown): { errorCode: string; errorMessage: string } {
  const cause = error instanceof ActivityFailure ? error.cause : error
  if (cause instanceof ApplicationFailure && cause.type) {
    return { errorCode: cause.type, errorMessage: cause.message }
  }
  return { errorCode: 'internal', errorMessage: 'A step of the job did not end in time.' }
}
