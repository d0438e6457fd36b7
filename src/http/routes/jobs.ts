import Joi from 'joi'
import { jobPath } from '../../jobs/api-paths.js'
import { JOB_STATUSES, JOB_TYPES, type JobStatus, type JobType } from '../../jobs/model.js'
import type { JobFilter } from '../../jobs/ports/repositories.js'
import {
  CANCELLED_JOB_EXAMPLE,
  EXAMPLE_IDS,
  JOB_EXAMPLE,
  JOB_RESULT_EXAMPLE,
  NEW_JOB_EXAMPLE,
} from '../present/examples.js'
import { jobListSchema, jobResultSchema, jobSchema, presentJob, presentJobResult } from '../present/job.js'
import { json, noContent, storedFile } from '../reply/reply.js'
import { CURSOR_PATTERN, decodeCursor, encodeCursor } from '../request/cursor.js'
import { idParams, outputName, toJobId, toVideoId, uuid } from '../request/ids.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { FILE_ERRORS, fileAnswers, jsonAnswer } from './answers.js'

interface JobsQuery {
  readonly status?: JobStatus
  readonly type?: JobType
  readonly video_id?: string
  readonly limit: number
  readonly cursor?: string
}

const jobsQuery = Joi.object<JobsQuery>({
  status: Joi.string()
    .valid(...JOB_STATUSES)
    .description('Only jobs with this status'),
  type: Joi.string()
    .valid(...JOB_TYPES)
    .description('Only jobs of this type'),
  video_id: uuid().description('Only jobs of this video'),
  limit: Joi.number().integer().min(1).max(100).default(100).description('Maximum number of jobs on a page'),
  cursor: Joi.string()
    .pattern(CURSOR_PATTERN)
    .messages({ 'string.pattern.base': 'must be the "next_cursor" of the previous page' })
    .description('`next_cursor` of the previous page; absent: the first page'),
})

const downloadQuery = Joi.object<{ quality?: string; format?: 'zip' }>({
  quality: outputName().description(
    'Name of an output, for instance `720p`; absent: the output with the largest picture',
  ),
  format: Joi.string()
    .valid('zip')
    .description(
      'All files of the output in one ZIP, such as the segments of a stream. It is made while it is sent, so that no ' +
        'range of it can be had. Absent: the file that is opened first',
    ),
})

function jobRoute(facts: Pick<Route, 'path' | 'operationId' | 'summary' | 'description'>): Route {
  return defineRoute({
    ...noInput,
    ...facts,
    method: 'get',
    scope: 'read',
    tag: 'Jobs',
    params: idParams,
    example: { parameters: { id: EXAMPLE_IDS.job }, answer: JOB_EXAMPLE },
    answers: { 200: jsonAnswer('The job', jobSchema) },
    errors: ['job-not-found'],
    handler: async ({ owner, audience, params }, { useCases }) =>
      json(presentJob(await useCases.getJob(owner, toJobId(params.id)), audience)),
  })
}

export const jobRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/jobs',
    operationId: 'listJobs',
    tag: 'Jobs',
    summary: 'List the jobs, newest first',
    description: 'Those of the owner of the key, uploads included. The filters add up.',
    example: {
      parameters: { status: 'completed', limit: 20 },
      answer: { jobs: [JOB_EXAMPLE], next_cursor: null },
    },
    query: jobsQuery,
    answers: { 200: jsonAnswer('A page of jobs', jobListSchema) },
    errors: [],
    handler: async ({ owner, audience, query }, { useCases }) => {
      const after = query.cursor === undefined ? null : decodeCursor(query.cursor)
      const { jobs, next } = await useCases.listJobs(owner, toFilter(query), { limit: query.limit, after })
      return json({
        jobs: jobs.map((view) => presentJob(view, audience)),
        next_cursor: next === null ? null : encodeCursor(next),
      })
    },
  }),
  jobRoute({
    path: '/api/v1/jobs/{id}',
    operationId: 'getJob',
    summary: 'Get a job',
    description:
      'Its state now. To be told of changes, follow its events, or have them sent to a webhook. A poll with the `ETag` of ' +
      'the answer before costs little: 304 means that nothing has changed.',
  }),
  jobRoute({
    path: '/api/v1/jobs/status/{id}',
    operationId: 'getJobStatus',
    summary: 'Get a job (older path)',
    description: 'The same as `GET /api/v1/jobs/{id}`, at the path that the first specification gave it.',
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/jobs/result/{id}',
    operationId: 'getJobResult',
    tag: 'Jobs',
    summary: 'Get the result of a job',
    description:
      'Before the end it has the `status` and nulls, and lists the outputs that are finished. The result of a failed ' +
      'or cancelled job says so in `status` and `error_message`.',
    example: { parameters: { id: EXAMPLE_IDS.job }, answer: JOB_RESULT_EXAMPLE },
    params: idParams,
    answers: { 200: jsonAnswer('The result', jobResultSchema) },
    errors: ['job-not-found'],
    handler: async ({ owner, audience, params }, { useCases }) => {
      const view = await useCases.getJob(owner, toJobId(params.id))
      const { job } = view
      const hasVideo = job.type === 'upload' && job.status === 'completed'
      const video = hasVideo ? await useCases.getVideo(owner, job.videoId) : null
      return json(presentJobResult(view, video, audience))
    },
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/jobs/download/{id}',
    operationId: 'downloadOutput',
    tag: 'Jobs',
    summary: 'Download an output of an ended job',
    description:
      'The file under the name of the upload. A failed or cancelled job has the outputs that were finished before. Supports ranges.',
    example: { parameters: { id: EXAMPLE_IDS.job, quality: '720p' } },
    params: idParams,
    query: downloadQuery,
    byLink: true,
    answers: fileAnswers,
    errors: ['job-not-found', 'job-not-completed', 'output-not-found', 'output-expired', ...FILE_ERRORS],
    handler: async ({ owner, params, query: { quality = null, format } }, { useCases }) => {
      const id = toJobId(params.id)
      if (format === 'zip') return storedFile(await useCases.archiveOutput(owner, id, quality))
      return storedFile(await useCases.openOutput(owner, id, quality))
    },
  }),
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/jobs/{id}/cancel',
    operationId: 'cancelJob',
    tag: 'Jobs',
    summary: 'Cancel a job',
    description:
      'Its ffmpeg is killed, and partial files are removed, within a second. Finished outputs stay. Follow the job to see its end.',
    example: { parameters: { id: EXAMPLE_IDS.job }, answer: CANCELLED_JOB_EXAMPLE },
    params: idParams,
    answers: {
      200: jsonAnswer('The job had been cancelled already', jobSchema),
      202: jsonAnswer('The job is being cancelled', jobSchema, { Location: 'URL of the job' }),
    },
    errors: ['job-not-found', 'job-finished', 'orchestrator-unavailable'],
    handler: async ({ owner, audience, params }, { useCases }) => {
      const { job: view, already } = await useCases.cancelJob(owner, toJobId(params.id))
      const body = presentJob(view, audience)
      return already ? json(body) : json(body, 202, { Location: jobPath(view.job.id) })
    },
  }),
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/jobs/{id}/retry',
    operationId: 'retryJob',
    tag: 'Jobs',
    bucket: 'submits',
    summary: 'Run a failed or cancelled job again',
    description: 'Finished renditions are kept and not rendered again.',
    example: { parameters: { id: EXAMPLE_IDS.job }, answer: NEW_JOB_EXAMPLE },
    params: idParams,
    answers: { 202: jsonAnswer('The job runs again', jobSchema, { Location: 'URL of the job' }) },
    errors: [
      'storage-quota-exceeded',
      'job-not-found',
      'job-not-retryable',
      'video-not-found',
      'asset-not-found',
      'edit-unrenderable',
      'ffmpeg-lacks-part',
      'request-too-costly',
      'rate-limited',
      'disk-full',
      'queue-full',
      'storage-unavailable',
      'orchestrator-unavailable',
    ],
    handler: async ({ owner, audience, params }, { useCases }) => {
      const view = await useCases.retryJob(owner, toJobId(params.id))
      return json(presentJob(view, audience), 202, { Location: jobPath(view.job.id) })
    },
  }),
  defineRoute({
    ...noInput,
    method: 'delete',
    scope: 'write',
    path: '/api/v1/jobs/{id}',
    operationId: 'deleteJob',
    tag: 'Jobs',
    summary: 'Delete an ended job and its outputs',
    description: 'The job of an upload is deleted with its video, by `DELETE /api/v1/videos/{id}`.',
    example: { parameters: { id: EXAMPLE_IDS.job } },
    params: idParams,
    answers: { 204: { description: 'The job was deleted', content: [] } },
    errors: ['job-not-found', 'job-not-deletable', 'storage-unavailable'],
    handler: async ({ owner, params }, { useCases }) => {
      await useCases.deleteJob(owner, toJobId(params.id))
      return noContent
    },
  }),
]

function toFilter({ status, type, video_id: videoId }: JobsQuery): JobFilter {
  return {
    ...(status === undefined ? {} : { status }),
    ...(type === undefined ? {} : { type }),
    ...(videoId === undefined ? {} : { videoId: toVideoId(videoId) }),
  }
}
