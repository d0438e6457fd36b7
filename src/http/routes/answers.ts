import type Joi from 'joi'
import type { Accepted } from '../../jobs/use-cases.js'
import type { Audience } from '../present/audience.js'
import { jobSchema, jobUrl, presentJob } from '../present/job.js'
import { json, type JsonReply } from '../reply/reply.js'
import type { Answer } from '../route.js'

export function jsonAnswer(description: string, schema: Joi.Schema, headers: Answer['headers'] = {}): Answer {
  return { description, content: [{ type: 'application/json', schema }], headers }
}

/** The answers of every route that creates work. */
export const acceptedAnswers = {
  202: jsonAnswer('The job: a new one, or the one that the idempotency key made before', jobSchema, {
    Location: 'URL of the job',
  }),
}

export function accepted({ job: view }: Accepted, audience: Audience): JsonReply {
  return json(presentJob(view, audience), 202, { Location: jobUrl(view.job) })
}

const FILE_HEADERS = {
  ETag: 'Strong, from the SHA-256 of the file',
  'Accept-Ranges': '`bytes`',
  'Content-Disposition': 'The name to save the file under',
}

/** The answers of every route that hands out a stored file. */
export const fileAnswers: Readonly<Record<number, Answer>> = {
  200: { description: 'The whole file', content: [{ type: '*/*' }], headers: FILE_HEADERS },
  206: {
    description: 'The part that `Range` asks for, unless `If-Range` names another file',
    content: [{ type: '*/*' }],
    headers: { ...FILE_HEADERS, 'Content-Range': '`bytes <first>-<last>/<size>`' },
  },
  304: { description: 'The file is the one that `If-None-Match` names', content: [] },
}

export const FILE_ERRORS = ['file-not-found', 'precondition-failed', 'range-not-satisfiable'] as const
