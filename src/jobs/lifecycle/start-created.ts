import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { Owner } from '../model.js'
import type { CreateOutcome, Idempotency, NewJob, RepeatOutcome } from '../ports/repositories.js'
import type { Accepted } from '../use-cases.js'
import { viewJob } from '../view-job.js'
import { startWorkflow } from './start-unstarted.js'

/** The job that the same request made before, although what it read may be gone by now; null: the request is new. */
export async function findRepeated(
  deps: JobsDeps,
  owner: Owner,
  idempotency: Idempotency | null,
): Promise<Accepted | null> {
  const outcome = idempotency && (await deps.repositories.jobs.recall(owner, idempotency))
  return outcome && answerRepeated(deps, owner, outcome)
}

/** Starts the workflow of a new row, or finds the job that the same request made in the meantime. */
export async function startCreated(
  deps: JobsDeps,
  owner: Owner,
  job: NewJob,
  outcome: CreateOutcome,
): Promise<Accepted> {
  if (outcome.kind !== 'created') return answerRepeated(deps, owner, outcome)
  await startNow(deps, job)
  return { job: await viewJob(deps, owner, job.id), created: true }
}

/** Starts a job's workflow if it can be started now. Otherwise the row is safe, and the sweep starts it later. */
export async function startNow(deps: JobsDeps, job: Parameters<typeof startWorkflow>[1]): Promise<void> {
  try {
    await startWorkflow(deps, job)
  } catch (error) {
    deps.log.error({ err: error, jobId: job.id }, 'workflow not started, the sweep will')
  }
}

async function answerRepeated(deps: JobsDeps, owner: Owner, outcome: RepeatOutcome): Promise<Accepted> {
  if (outcome.kind === 'existing') return { job: await viewJob(deps, owner, outcome.jobId), created: false }
  throw new AppError(
    'idempotency-key-reused',
    'The Idempotency-Key was already used for a different request. Use a new key for each new request.',
  )
}
