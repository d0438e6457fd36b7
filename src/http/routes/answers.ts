import type Joi from 'joi'
import { jobPath } from '../../jobs/api-paths.js'
import type { Accepted } from '../../jobs/use-cases.js'
import type { Audience } from '../present/audience.js'
import { jobSchema, presentJob } from '../present/job.js'
import { json, type JsonReply } from '../reply/reply.js'
import type { Answer } from '../route.js'

export function jsonAnswer(description: string, schema: Joi.Schema, headers: Answer['headers'] = {}): Answer {
  return { description, content: [{ type: 'application/json', schema }], headers }
}

/** The answers of every route that creates a job. */
export const acceptedAnswers = {
  202: jsonAnswer(
    'The new job, or the one that an earlier request with the same idempotency key created',
    jobSchema,
    {
      Location: 'URL of the job',
      'Idempotent-Replayed': '`true` if an earlier request with the same idempotency key created the job',
    },
  ),
}

export function accepted({ job: view, created }: Accepted, audience: Audience): JsonReply {
  return json(presentJob(view, audience), 202, {
    Location: jobPath(view.job.id),
    ...(created ? {} : { 'Idempotent-Replayed': 'true' }),
  })
}

const FILE_HEADERS = {
  ETag: 'The SHA-256 of the file; weak, from its size and date, where the hash is not known',
  'Accept-Ranges': '`bytes`',
  'Content-Disposition': '`attachment`, with the name to save the file under',
}

/** The answers of every route that serves a stored file. */
export const fileAnswers: Readonly<Record<number, Answer>> = {
  200: { description: 'The whole file', content: [{ type: '*/*' }], headers: FILE_HEADERS },
  206: {
    description:
      'The range that `Range` asks for. The whole file is sent instead if `If-Range` does not match',
    content: [{ type: '*/*' }],
    headers: { ...FILE_HEADERS, 'Content-Range': '`bytes <first>-<last>/<size>`' },
  },
  304: {
    description: 'The file has not changed: `If-None-Match` or `If-Modified-Since` matches',
    content: [],
  },
}

/** The answers of every route that makes a picture. */
export const pictureAnswers: Readonly<Record<number, Answer>> = {
  200: {
    description: 'The picture, in standard range and the colours of sRGB',
    content: [{ type: 'image/jpeg' }, { type: 'image/webp' }],
    headers: { ETag: 'Hash of the sources, and of what is done with them' },
  },
}

export const PICTURE_ERRORS = [
  'video-not-found',
  'video-not-ready',
  'no-picture',
  'edit-unrenderable',
  'ffmpeg-lacks-part',
  'unsupported-media',
  'request-too-costly',
  'source-damaged',
  'preview-timed-out',
  'disk-full',
] as const

export const FILE_ERRORS = [
  'file-not-found',
  'precondition-failed',
  'range-not-satisfiable',
  'traffic-quota-exceeded',
  'storage-unavailable',
] as const
