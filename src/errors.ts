/**
 * The one catalogue of failures. A code is the problem `type` on the wire, `ApplicationFailure.type` in
 * Temporal and `jobs.error_code` in the database. HTTP status lives in src/http/problem.ts, Temporal's
 * view in activities/failure.ts.
 */
interface ErrorEntry {
  /** Short, human, the same for every occurrence. */
  readonly title: string
  /** Whether the same work may succeed when it is tried again. */
  readonly retryable: boolean
}

export const ERRORS = {
  'request-invalid': { title: 'The request is not valid', retryable: false },
  'edit-unrenderable': { title: 'The edit cannot be rendered', retryable: false },
  'unsupported-media': { title: 'The file is not a supported video, image or audio file', retryable: false },
  'unsupported-content-type': { title: 'The content type is not supported', retryable: false },
  'route-not-found': { title: 'There is no such route', retryable: false },
  'video-not-found': { title: 'There is no such video', retryable: false },
  'job-not-found': { title: 'There is no such job', retryable: false },
  'asset-not-found': { title: 'There is no such asset', retryable: false },
  'output-not-found': { title: 'There is no such output', retryable: false },
  'file-not-found': { title: 'There is no such file', retryable: false },
  'method-not-allowed': { title: 'The route does not have this method', retryable: false },
  'job-not-completed': { title: 'The job has not completed', retryable: false },
  'job-finished': { title: 'The job has already ended', retryable: false },
  'video-not-ready': { title: 'The video cannot be edited', retryable: false },
  'video-in-use': { title: 'A job is using the video', retryable: false },
  'asset-in-use': { title: 'A job is using the asset', retryable: false },
  'asset-exists': { title: 'An asset of that name exists', retryable: false },
  'idempotency-key-reused': { title: 'The idempotency key was used for another request', retryable: false },
  'upload-too-large': { title: 'The upload is too large', retryable: false },
  'body-too-large': { title: 'The request body is too large', retryable: false },
  'request-timeout': { title: 'The request took too long to arrive', retryable: true },
  'precondition-failed': { title: 'The file is not the one that the request expects', retryable: false },
  'range-not-satisfiable': { title: 'The file has no such range', retryable: false },
  'upload-aborted': { title: 'The upload was broken off', retryable: false },
  'source-damaged': { title: 'The source is damaged', retryable: false },
  'ffmpeg-rejected': { title: 'ffmpeg refused the work', retryable: false },
  'ffmpeg-crashed': { title: 'ffmpeg ended abnormally', retryable: true },
  'ffmpeg-stalled': { title: 'ffmpeg stopped making progress', retryable: true },
  'output-invalid': { title: 'The rendered file is not what was planned', retryable: true },
  'disk-full': { title: 'The storage is full', retryable: true },
  'storage-unavailable': { title: 'The storage is unavailable', retryable: true },
  'db-unavailable': { title: 'The database is unavailable', retryable: true },
  'orchestrator-unavailable': { title: 'The orchestrator is unavailable', retryable: true },
  internal: { title: 'Something went wrong', retryable: true },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERRORS

/** One bad field of a request. `pointer` is an RFC 6901 JSON pointer into the body, or `#/query/…`. */
export interface FieldIssue {
  readonly pointer: string
  readonly message: string
}

/** A failure with a code of the catalogue and a message that its reader can act on. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly issues: readonly FieldIssue[]

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; issues?: readonly FieldIssue[] } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.issues = options.issues ?? []
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value)
}

/** Makes a switch over a closed union exhaustive: a new member is a compile error. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
