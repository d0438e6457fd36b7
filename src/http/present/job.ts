import Joi from 'joi'
import { isFinal, JOB_STAGES, JOB_STATUSES, JOB_TYPES, type Video } from '../../jobs/model.js'
import { renditionsOf, type RenditionState } from '../../jobs/renditions.js'
import type { JobView } from '../../jobs/use-cases.js'
import type { Audience } from './audience.js'
import { failureCodeSchema } from './error-code.js'
import { outputFileUrl, outputSchema, presentOutput } from './output.js'
import { warningsSchema } from './warnings.js'
import { count, id, orNull, presentTime, presentTimeOrNull, roundOrNull, shape, text, time } from './wire.js'

const percent = () => Joi.number().integer().min(0).max(100)
const status = () =>
  Joi.string()
    .valid(...JOB_STATUSES)
    .description('`completed`, `failed` and `cancelled` are ends')

export const renditionSchema = shape({
  name: text('Name of the output that it becomes'),
  status: status(),
  progress: percent().description('Percent'),
  attempt: count('Number of the current or last attempt; 0: not started'),
  error_code: failureCodeSchema,
}).description('The making of one output')

export const jobSchema = shape({
  job_id: id('the job'),
  video_id: id('the video that it works on'),
  type: Joi.string()
    .valid(...JOB_TYPES)
    .description('The route that made it'),
  status: status(),
  progress: percent().description('Percent. Never decreases, and is 100 only when the job has completed'),
  stage: Joi.string()
    .valid(...JOB_STAGES)
    .description('What the job is doing'),
  eta_seconds: orNull(Joi.number().min(0)).description('Estimated seconds until the job ends; null: unknown'),
  speed: orNull(Joi.number().min(0)).description('Seconds of video rendered per second; null: unknown'),
  priority: Joi.number().integer().min(1).max(5).description('1 is the highest, 5 the lowest'),
  created_at: time('When it was accepted'),
  started_at: orNull(time('When it began; null: it waits')),
  finished_at: orNull(time('When it ended; null: it has not')),
  expired_at: orNull(time('When the outputs expired and were deleted; null: they have not')),
  error_code: failureCodeSchema,
  error_message: orNull(text('Why the job failed; null: it has not failed')),
  warnings: warningsSchema(),
  config: Joi.object().unknown(true).description('The accepted request with its defaults'),
  metadata: Joi.object().unknown(true).description("The client's own data, unchanged"),
  renditions: Joi.array().items(renditionSchema).description('What is, or was, rendered'),
  outputs: Joi.array().items(outputSchema).description('The files that are ready, the largest picture first'),
  workflow_id: text('Id of the Temporal workflow that runs the job'),
  temporal_ui_url: orNull(
    text('Page of that workflow in the Temporal UI; null when no UI is known, and for keys without `admin`'),
  ),
}).description('Work on one video')

export const jobResultSchema = shape({
  job_id: id('the job'),
  status: status(),
  result_file_path: orNull(
    text(
      'URL path of the first output, or of the uploaded video; null when there is none, and before the end',
    ),
  ),
  processed_video_id: orNull(id('the first output; null when there is none, and before the end')),
  error_code: failureCodeSchema,
  error_message: orNull(text('Why the job failed; null: it has not failed')),
  outputs: Joi.array().items(outputSchema).description('The files that are ready, the largest picture first'),
}).description('What has come of a job')

export const jobListSchema = shape({
  jobs: Joi.array().items(jobSchema).description('Newest first'),
  next_cursor: orNull(text('Pass it as `cursor` to get the next page; null on the last page')),
})

export function presentJob(view: JobView, audience: Audience): object {
  const { job } = view
  return {
    job_id: job.id,
    video_id: job.videoId,
    type: job.type,
    status: job.status,
    progress: job.progress,
    stage: job.stage,
    eta_seconds: roundOrNull(view.etaSeconds, 1),
    speed: roundOrNull(view.speed, 2),
    priority: job.priority,
    created_at: presentTime(job.createdAt),
    started_at: presentTimeOrNull(job.startedAt),
    finished_at: presentTimeOrNull(job.finishedAt),
    expired_at: presentTimeOrNull(job.expiredAt),
    error_code: job.errorCode,
    error_message: job.errorMessage,
    warnings: job.warnings.map(({ code, message }) => ({ code, message })),
    config: job.config,
    metadata: job.metadata,
    renditions: renditionsOf(view.passes).map(presentRendition),
    outputs: view.outputs.map((output) => presentOutput(output, audience)),
    workflow_id: job.workflowId,
    temporal_ui_url: audience.isOperator ? view.temporalUiUrl : null,
  }
}

/** @param video the video of a completed upload job, which has no outputs; null for all other jobs */
export function presentJobResult({ job, outputs }: JobView, video: Video | null, audience: Audience): object {
  const first = isFinal(job.status) ? outputs[0] : undefined
  const uploaded = video === null ? null : audience.link(`/uploads/${encodeURIComponent(video.filename)}`)
  return {
    job_id: job.id,
    status: job.status,
    result_file_path: first ? outputFileUrl(first, audience) : uploaded,
    processed_video_id: first?.id ?? null,
    error_code: job.errorCode,
    error_message: job.errorMessage,
    outputs: outputs.map((output) => presentOutput(output, audience)),
  }
}

export function presentRendition({ name, status, progress, attempt, errorCode }: RenditionState): object {
  return {
    name,
    status,
    progress: status === 'completed' ? 100 : Math.min(99, Math.floor(progress * 100)),
    attempt,
    error_code: errorCode,
  }
}
