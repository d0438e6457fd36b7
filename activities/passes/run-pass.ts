import { activityInfo, CancelledFailure } from '@temporalio/activity'
import { asAppError, assertNever } from '../../src/errors.js'
import type { Job, JobId } from '../../src/jobs/model.js'
import type { PassAttempt } from '../../src/jobs/ports/repositories.js'
import type { FfmpegProgress } from '../../src/media/process/progress.js'
import { remember } from '../../src/remember.js'
import type { ActivityDeps } from '../deps.js'
import { endAttempt } from '../failure.js'
import { findSlots, type Places, placesFor } from '../find-slots.js'
import { withHeartbeat } from '../heartbeat.js'
import { loadJob } from '../load.js'
import { takeTurn } from '../turns.js'
import { assembleFile } from './assemble.js'
import { renderDerived } from './derive.js'
import { findPass, type PlannedPass } from './find-pass.js'
import { measuredSec, runMeasurement } from './measure.js'
import { createPlanOfRun } from './plan-of-run.js'
import { renderedSec, renderFiles } from './render.js'
import { createProgressWriter } from './report-progress.js'
import { isStored } from './stored-files.js'

export interface RenderPassInput {
  readonly jobId: string
  readonly passName: string
}

/** Heartbeats of a running pass, which operators see in the Temporal UI. */
interface HeartbeatDetails {
  readonly out_time_us: number
  readonly frames: number
  readonly speed: number | null
}

/** The places by now: workers may have been added since the job was planned. null: unknown. */
export type PassDone = Places | null

/** Runs one pass of a job's plan: the body of every activity of the queue `media`. */
export function createRenderPass(deps: ActivityDeps) {
  const { repositories, workerName, quotas } = deps
  const planOfRun = createPlanOfRun(repositories.jobs)
  return async function renderPass(input: RenderPassInput): Promise<PassDone> {
    const [{ job }, plan] = await Promise.all([
      loadJob(repositories, input.jobId),
      planOfRun(input.jobId as JobId),
    ])
    const planned = findPass(plan, input.passName)
    const { pass } = planned
    if (planned.step === 'derive') await repositories.jobs.enterStage(job.id, 'packaging', job.workflowId)
    const attempt = { number: activityInfo().attempt, worker: workerName }
    const before = await takeTurn(() =>
      repositories.passes.begin(job.id, pass.name, attempt, quotas.runningPasses),
    )
    // A worker that died between its last write and its answer has done the work already. But when a job that has ended
    // is run again, files of it may be gone, parts always, and have to be made again.
    if (before.status === 'completed' && (await isStored(deps, filesOf(planned)))) return null
    const slot = deps.slotGate.enter()
    const places = remember(() => placesNow(deps))
    const onEncoded = () => {
      slot.leave()
      // Temporal answers while the file is checked and put into place.
      void places()
    }
    try {
      await runStep(deps, { job, planned, attempt, onEncoded })
      return await places()
    } catch (error) {
      if (error instanceof CancelledFailure) throw error
      const { code } = asAppError(error)
      throw endAttempt(
        error,
        deps.maxWaitMs,
        await repositories.passes.fail(job.id, pass.name, attempt, code),
      )
    } finally {
      slot.end()
    }
  }
}

async function placesNow(deps: ActivityDeps): Promise<PassDone> {
  try {
    return placesFor(await findSlots(deps))
  } catch (error) {
    deps.log.warn({ err: error }, 'media slots not known')
    return null
  }
}

/** Keys of the files that a pass leaves in the storage. */
function filesOf(planned: PlannedPass): string[] {
  switch (planned.step) {
    case 'measure':
      return []
    case 'render':
      return planned.pass.encodes.map(({ key }) => key)
    case 'assemble':
      return [planned.pass.key]
    case 'derive':
      return planned.outputs.map(({ key }) => key)
    default:
      return assertNever(planned)
  }
}

interface StartedPass {
  readonly job: Job
  readonly planned: PlannedPass
  readonly attempt: PassAttempt
  /** See Attempt.onEncoded. */
  readonly onEncoded: () => void
}

/** Runs the step of a pass; its progress goes into heartbeats and into the row of the pass. */
async function runStep(deps: ActivityDeps, { job, planned, attempt, onEncoded }: StartedPass): Promise<void> {
  const expectedUs = lengthSec(planned) * 1e6
  const reported = { jobId: job.id, passName: planned.pass.name, attempt, expectedUs }
  const write = createProgressWriter(deps.repositories.passes, reported, deps.log)
  const initial: HeartbeatDetails = { out_time_us: 0, frames: 0, speed: null }
  await withHeartbeat(deps.solitude, initial, ({ signal, report }) => {
    const onProgress = (progress: FfmpegProgress) => {
      report({ out_time_us: progress.outTimeUs, frames: progress.frames, speed: progress.speed })
      write(progress)
    }
    const work = { job, signal, onProgress, onEncoded }
    switch (planned.step) {
      case 'measure':
        return runMeasurement(deps, { ...work, ...planned })
      case 'render':
        return renderFiles(deps, { ...work, ...planned })
      case 'assemble':
        return assembleFile(deps, { ...work, ...planned })
      case 'derive':
        return renderDerived(deps, { ...work, ...planned })
      default:
        return assertNever(planned)
    }
  })
}

/** Seconds of output that ffmpeg has to produce for a pass. */
function lengthSec(planned: PlannedPass): number {
  switch (planned.step) {
    case 'measure':
      return measuredSec(planned.pass)
    case 'render':
      return renderedSec(planned.pass)
    case 'assemble':
      return planned.pass.expected.durationSec
    case 'derive':
      return planned.pass.durationSec
    default:
      return assertNever(planned)
  }
}
