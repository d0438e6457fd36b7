import type { Request, Response } from 'express'
import Joi from 'joi'
import { AppError, asAppError, type ErrorCode, ERRORS, type FieldIssue } from '../../errors.js'
import { withoutGrant } from '../access/links.js'
import { endLingering } from './lingering-close.js'

/** HTTP status of each failure; no other place knows it. */
export const STATUS: Readonly<Record<ErrorCode, number>> = {
  'request-invalid': 400,
  'request-too-costly': 422,
  'edit-unrenderable': 400,
  'ffmpeg-lacks-part': 422,
  unauthenticated: 401,
  'forbidden-scope': 403,
  'other-site': 403,
  'link-expired': 403,
  'link-invalid': 403,
  'url-not-allowed': 400,
  'unsupported-media': 400,
  'media-over-limits': 400,
  'unsupported-content-type': 415,
  'route-not-found': 404,
  'video-not-found': 404,
  'job-not-found': 404,
  'asset-not-found': 404,
  'template-not-found': 404,
  'webhook-not-found': 404,
  'delivery-not-found': 404,
  'output-not-found': 404,
  'output-expired': 410,
  'file-not-found': 404,
  'method-not-allowed': 405,
  'job-not-completed': 400,
  'job-finished': 409,
  'job-not-retryable': 409,
  'job-not-deletable': 409,
  'video-not-ready': 409,
  'no-picture': 400,
  'video-in-use': 409,
  'asset-exists': 409,
  'too-many-templates': 409,
  'too-many-webhooks': 409,
  'webhook-disabled': 409,
  'idempotency-key-reused': 422,
  'upload-too-large': 413,
  'body-too-large': 413,
  'request-timeout': 408,
  'precondition-failed': 412,
  'range-not-satisfiable': 416,
  'upload-aborted': 400,
  'upload-not-found': 404,
  'upload-expired': 410,
  'upload-incomplete': 409,
  'upload-locked': 423,
  'upload-offset-wrong': 409,
  'upload-finished': 403,
  // This and 412 have the tus protocol say so.
  'checksum-mismatch': 460,
  'tus-unsupported': 412,
  'source-damaged': 400,
  'ffmpeg-rejected': 500,
  'ffmpeg-crashed': 500,
  'ffmpeg-stalled': 500,
  'output-invalid': 500,
  'preview-timed-out': 503,
  'job-stopped': 500,
  'job-timed-out': 500,
  'worker-lost': 500,
  'job-lost': 500,
  'rate-limited': 429,
  'queue-full': 429,
  'too-many-uploads': 429,
  'too-many-streams': 429,
  'traffic-quota-exceeded': 429,
  'storage-quota-exceeded': 403,
  'events-forgotten': 410,
  'disk-full': 503,
  'out-of-resources': 503,
  'storage-unavailable': 503,
  'storage-unsuitable': 500,
  'db-unavailable': 503,
  'orchestrator-unavailable': 503,
  internal: 500,
}

const RETRY_AFTER_SEC = 5

/** Statuses whose cause goes away by itself, so that the answer has `Retry-After`. */
export function saysWhenToRetry(status: number): boolean {
  return status === 503 || status === 429
}

export const PROBLEM_TYPE = 'application/problem+json'

const issueSchema = Joi.object({
  pointer: Joi.string()
    .allow('')
    .required()
    .description('Into the body; or it begins with `/query`, `/path` or `/header`'),
  message: Joi.string().required().description('What is wrong with the field'),
})

/** A problem of RFC 9457, as the API document shows it. */
export const problemSchema = Joi.object({
  type: Joi.string().required().description('`/problems/<code>`, a page that explains the code'),
  title: Joi.string().required().description('What the code means'),
  status: Joi.number().integer().required().description('HTTP status'),
  detail: Joi.string().required().description('What is wrong with this request'),
  instance: Joi.string().required().description('Path of the request'),
  code: Joi.string()
    .valid(...Object.keys(STATUS))
    .required()
    .description('Stable; more codes may be added'),
  request_id: Joi.string().required().description('Id of the request in the log of the server'),
  errors: Joi.array().items(issueSchema).description('Every invalid field of the request, by JSON pointer'),
}).description('Why a request was refused: RFC 9457')

/** Answers with problem+json. Returns the error as an AppError, for the log. */
export function sendProblem(req: Request, res: Response, error: unknown): AppError {
  const problem = toAppError(error)
  if (res.headersSent || res.destroyed) {
    res.destroy()
    return problem
  }
  const status = STATUS[problem.code]
  res.status(status).set('Content-Type', PROBLEM_TYPE).set('Cache-Control', 'no-store')
  if (status === 401) res.set('WWW-Authenticate', challenge(req))
  // The rate limiter has already set the exact time.
  if (saysWhenToRetry(status) && !res.hasHeader('Retry-After'))
    res.set('Retry-After', String(problem.retryAfterSec ?? RETRY_AFTER_SEC))
  const body = Buffer.from(JSON.stringify(describeProblem(problem, requestIdOf(req), instanceOf(req))))
  res.set('Content-Length', String(body.length))
  if (req.method === 'HEAD' || req.complete) res.end(req.method === 'HEAD' ? undefined : body)
  else endLingering(req, res, body)
  return problem
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-3 */
function challenge({ headers }: Request): string {
  return `Bearer realm="cutroom"${headers.authorization === undefined ? '' : ', error="invalid_token"'}`
}

/** The body of a problem. The message of a server error stays in the log; the client gets the title. */
export function describeProblem(problem: AppError, requestId: string, instance: string): object {
  const { code, issues, message } = problem
  const { title } = ERRORS[code]
  const status = STATUS[code]
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail: status < 500 ? message || title : title,
    instance,
    code,
    request_id: requestId,
    ...(issues.length > 0 ? { errors: issues.map(shown) } : {}),
  }
}

function shown({ pointer, message }: FieldIssue): FieldIssue {
  return { pointer, message }
}

/** The router throws URIError for paths that it cannot decode. Any other unknown error is a fault of the server. */
function toAppError(error: unknown): AppError {
  if (error instanceof URIError) {
    return new AppError('request-invalid', 'The path is not validly percent-encoded.', { cause: error })
  }
  return asAppError(error)
}

function requestIdOf({ id }: Request): string {
  return typeof id === 'string' ? id : ''
}

/** The path without its query, which may be long and may hold secrets. */
function instanceOf(req: Request): string {
  const path = withoutGrant(req.originalUrl.split('?', 1)[0] ?? '')
  return path.slice(0, 1000).replace(/[^!#-;=?-[\]_a-z~]/g, encodeURIComponent)
}
