import { renderPicture } from '../activities/passes/render-picture.js'
import type { ExecutionDeps } from '../activities/passes/work-folder.js'
import { type FairLimits, FairQueue } from './children/fair-queue.js'
import { AppError } from './errors.js'
import type { Pictures } from './jobs/ports/pictures.js'
import { yieldingIf } from './media/process/yielding.js'

/** From the request on, so that it counts how many others were before it: somebody waits. */
const DEADLINE_MS = 30_000

/**
 * Pictures of all owners are made in turns, so that who asks for many waits for himself. Beside his first one, his others
 * get only the time of the processors that nobody else wants.
 */
export function createFairPictures(
  deps: ExecutionDeps,
  limits: FairLimits,
  deadlineMs = DEADLINE_MS,
): Pictures {
  const queue = new FairQueue(limits)
  return {
    make: async (owner, pass, signal) => {
      const late = AbortSignal.timeout(deadlineMs)
      const until = AbortSignal.any([signal, late])
      try {
        const render = () => renderPicture(deps, pass, until)
        return await queue.run(owner, (isFurther) => yieldingIf(isFurther, render), until)
      } catch (error) {
        if (late.aborted && error === until.reason) throw timedOut(deadlineMs)
        throw error
      }
    },
  }
}

function timedOut(deadlineMs: number): AppError {
  const message =
    `The picture took longer than ${deadlineMs / 1000} s to make. Ask for it again when the server has less to do, ` +
    'or for an earlier moment: some files can be read from their start alone.'
  return new AppError('preview-timed-out', message)
}
