import Joi from 'joi'
import { ERRORS } from '../../errors.js'
import { isFinal, JOB_STAGES, JOB_STATUSES, JOB_TYPES, type Video } from '../../jobs/model.js'
import { renditionsOf, type RenditionState } from '../../jobs/renditions.js'
import type { JobView } from '../../jobs/use-cases.js'
import type { Audience } from './audience.js'
import { outputFileUrl, outputSchema, presentOutput } from './output.js'
import { count, id, orNull, presentTime, presentTimeOrNull, roundOrNull, shape, text, time } from './wire.js'

const errorCode = () => orNull(Joi.string().valid(...Object.keys(ERRORS)))

const percent = () => Joi.number().integer().min(0).max(100)
const status = () => Joi.string().valid(...JOB_STATUSES)

export const renditionSchema = shape({
  name: text(),
  status: status(),
  progress: percent(),
  attempt: count().description('Number of the current or last attempt; 0: not started'),
  error_code: errorCode(),
})

export const jobSchema = shape({
  job_id: id(),
  video_id: id(),
  type: Joi.string().valid(...JOB_TYPES),
  status: status(),
  progress: percent().description('Percent. Never decreases, and is 100 only when the job has completed'),
  stage: Joi.string()
    .valid(...JOB_STAGES)
    .description('What the job is doing'),
  eta_seconds: orNull(Joi.number().min(0)).description('Estimated seconds until the job ends; null: unknown'),
  speed: orNull(Joi.number().min(0)).description('Seconds of video rendered per second; null: unknown'),
  priority: Joi.number().integer().min(1).max(5).description('1 is the highest, 5 the lowest'),
  created_at: time(),
  started_at: orNull(time()),
  finished_at: orNull(time()),
  expired_at: orNull(time()).description('When the outputs expired and were deleted'),
  error_code: errorCode(),
  error_message: orNull(text()).description('Why the job failed; null: it has not failed'),
  warnings: Joi.array()
    .items(shape({ code: text(), message: text() }))
    .description('What the client should know about the result. The codes are stable'),
  config: Joi.object().unknown(true).description('The accepted request with its defaults'),
  metadata: Joi.object().unknown(true).description("The client's own data, unchanged"),
  renditions: Joi.array().items(renditionSchema),
  outputs: Joi.array().items(outputSchema),
  workflow_id: text().description('Id of the Temporal workflow that runs the job'),
  temporal_ui_url: orNull(text()).description(
    'Page of that workflow in the Temporal UI; null when no UI is known, and for keys without `admin`',
  ),
})

export const jobResultSchema = shape({
  job_id: id(),
  status: Joi.string().valid(...JOB_STATUSES),
  result_file_path: orNull(text()).description(
    'URL path of the first output, or of the uploaded video; null when there is none, and before the end',
  ),
  processed_video_id: orNull(id()),
  error_code: errorCode(),
  error_message: orNull(text()),
  outputs: Joi.array().items(outputSchema),
})

export const jobListSchema = shape({
  jobs: Joi.array().items(jobSchema),
  next_cursor: orNull(text()).description('Pass it as `cursor` to get the next page; null on the last page'),
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
