/**
 * The only catalogue of failures. A code is the problem `type` on the wire, `ApplicationFailure.type` in
 * Temporal and `jobs.error_code` in the database. HTTP status lives in src/http/reply/problem.ts, Temporal's
 * view in activities/failure.ts.
 */
interface ErrorEntry {
  /** Short, for people, the same for every occurrence. */
  readonly title: string
  /**
   * Whether the same work may succeed when it is tried again. `few`: the work itself failed, so it is tried a few
   * times. `always`: something that it needs is unavailable and will come back.
   */
  readonly retry: 'never' | 'few' | 'always'
}

export const ERRORS = {
  'request-invalid': { title: 'The request is not valid', retry: 'never' },
  'request-too-costly': { title: 'The request takes too long to check', retry: 'never' },
  'edit-unrenderable': { title: 'The edit cannot be rendered', retry: 'never' },
  'ffmpeg-lacks-part': { title: 'The ffmpeg of this server cannot make the edit', retry: 'never' },
  unauthenticated: { title: 'The request has no valid API key', retry: 'never' },
  'forbidden-scope': { title: 'The API key does not have the required scope', retry: 'never' },
  'other-site': { title: 'The request comes from another site', retry: 'never' },
  'link-expired': { title: 'The link has expired', retry: 'never' },
  'link-invalid': { title: 'The link is not valid', retry: 'never' },
  'url-not-allowed': { title: 'The server may not call this URL', retry: 'never' },
  'unsupported-media': { title: 'The file is not a supported video, image or audio file', retry: 'never' },
  'media-over-limits': { title: 'The file exceeds the limits', retry: 'never' },
  'unsupported-content-type': { title: 'The content type is not supported', retry: 'never' },
  'route-not-found': { title: 'There is no such route', retry: 'never' },
  'video-not-found': { title: 'There is no such video', retry: 'never' },
  'job-not-found': { title: 'There is no such job', retry: 'never' },
  'asset-not-found': { title: 'There is no such asset', retry: 'never' },
  'template-not-found': { title: 'There is no such template', retry: 'never' },
  'webhook-not-found': { title: 'There is no such webhook', retry: 'never' },
  'delivery-not-found': { title: 'There is no such delivery', retry: 'never' },
  'output-not-found': { title: 'There is no such output', retry: 'never' },
  'output-expired': { title: 'The output has expired and was deleted', retry: 'never' },
  'file-not-found': { title: 'There is no such file', retry: 'never' },
  'method-not-allowed': { title: 'The path does not support this method', retry: 'never' },
  'job-not-completed': { title: 'The job has not completed', retry: 'never' },
  'job-finished': { title: 'The job has already ended', retry: 'never' },
  'job-not-retryable': { title: 'The job cannot be retried', retry: 'never' },
  'job-not-deletable': { title: 'The job cannot be deleted', retry: 'never' },
  'video-not-ready': { title: 'The video cannot be edited', retry: 'never' },
  'no-picture': { title: 'There is no picture', retry: 'never' },
  'video-in-use': { title: 'A job is using the video', retry: 'never' },
  'asset-exists': { title: 'An asset with this name already exists', retry: 'never' },
  'too-many-templates': { title: 'There are too many templates', retry: 'never' },
  'too-many-webhooks': { title: 'There are too many webhooks', retry: 'never' },
  'webhook-disabled': { title: 'The webhook is disabled', retry: 'never' },
  'idempotency-key-reused': { title: 'The idempotency key was used for a different request', retry: 'never' },
  'upload-too-large': { title: 'The upload is too large', retry: 'never' },
  'body-too-large': { title: 'The request body is too large', retry: 'never' },
  'request-timeout': { title: 'The request took too long to arrive', retry: 'few' },
  'precondition-failed': { title: 'The file is not the version that the request expects', retry: 'never' },
  'range-not-satisfiable': { title: 'The requested range is outside the file', retry: 'never' },
  'upload-aborted': { title: 'The upload was interrupted', retry: 'never' },
  'upload-not-found': { title: 'There is no such upload', retry: 'never' },
  'upload-expired': { title: 'The upload has expired', retry: 'never' },
  'upload-incomplete': { title: 'The upload has not arrived completely', retry: 'never' },
  'upload-locked': { title: 'Another request holds the upload', retry: 'few' },
  'upload-offset-wrong': { title: 'The upload continues at another offset', retry: 'never' },
  'upload-finished': { title: 'The upload takes nothing more', retry: 'never' },
  'checksum-mismatch': { title: 'The bytes do not match their checksum', retry: 'never' },
  'tus-unsupported': { title: 'The version of the tus protocol is not supported', retry: 'never' },
  'source-damaged': { title: 'The source is damaged', retry: 'never' },
  'ffmpeg-rejected': { title: 'ffmpeg cannot do the work', retry: 'never' },
  'ffmpeg-crashed': { title: 'ffmpeg crashed', retry: 'few' },
  'ffmpeg-stalled': { title: 'ffmpeg stopped making progress', retry: 'few' },
  'output-invalid': { title: 'The rendered file does not match the plan', retry: 'few' },
  'preview-timed-out': { title: 'The picture took longer than 30 seconds to make', retry: 'few' },
  'job-stopped': { title: 'The job was stopped by an operator', retry: 'never' },
  'job-timed-out': { title: 'The job took too long', retry: 'never' },
  'worker-lost': { title: 'The worker died at a step of the job', retry: 'never' },
  'job-lost': { title: 'The workflow of the job no longer exists', retry: 'never' },
  'rate-limited': { title: 'Too many requests', retry: 'few' },
  'queue-full': { title: 'Too many jobs are waiting', retry: 'few' },
  'too-many-uploads': { title: 'Too many uploads are open', retry: 'few' },
  'too-many-streams': { title: 'Too many event streams are open', retry: 'few' },
  'traffic-quota-exceeded': { title: 'The quota of sent bytes is used up', retry: 'few' },
  'storage-quota-exceeded': { title: 'The quota of stored bytes is used up', retry: 'never' },
  'events-forgotten': { title: 'The events after this place cannot be given any more', retry: 'never' },
  'disk-full': { title: 'The storage is full', retry: 'always' },
  'out-of-resources': { title: 'The server is out of resources', retry: 'always' },
  'storage-unavailable': { title: 'The storage is unavailable', retry: 'always' },
  'storage-unsuitable': { title: 'The storage cannot do what is needed of it', retry: 'never' },
  'db-unavailable': { title: 'The database is unavailable', retry: 'always' },
  'orchestrator-unavailable': { title: 'The orchestrator is unavailable', retry: 'always' },
  internal: { title: 'An internal error occurred', retry: 'few' },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERRORS

/**
 * One invalid field of a request. `pointer` is an RFC 6901 JSON pointer into the body, or begins with `/query`,
 * `/path` or `/header`.
 */
export interface FieldIssue {
  readonly pointer: string
  readonly message: string
  /** The field must be an id and cannot be one, so that nothing with this id exists. Not shown. */
  readonly isNoId?: true
}

/** The RFC 6901 pointer of a path of member names and list indices; '' for the whole value. */
export function toPointer(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** A failure with a code of the catalogue and a message that its reader can act on. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly issues: readonly FieldIssue[]
  /** When trying again may help; null: nobody knows. */
  readonly retryAfterSec: number | null

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; issues?: readonly FieldIssue[]; retryAfterSec?: number } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.issues = options.issues ?? []
    this.retryAfterSec = options.retryAfterSec ?? null
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value)
}

/** Whether Node reported an error of the operating system with one of these codes, for example `ENOENT`. */
export function hasErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
}

/** Whether a write failed because the disk or the quota is full. */
export function isDiskFull(error: unknown): boolean {
  return hasErrorCode(error, 'ENOSPC', 'EDQUOT')
}

/** Whether the system refuses for now: it has no file descriptor, process or memory left to give. */
export function isOutOfResources(error: unknown): boolean {
  return hasErrorCode(error, 'EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM')
}

/** Turns anything thrown into a failure of the catalogue: `out-of-resources` if the system says so, else `internal`. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (isOutOfResources(error)) return outOfResources(error)
  return new AppError('internal', 'An internal error occurred.', { cause: error })
}

export function outOfResources(cause: unknown): AppError {
  const message = 'The server has run out of file descriptors, processes or memory.'
  return new AppError('out-of-resources', message, { cause })
}

/** Whether something that all work needs is away and will come back. */
export function isOutage(error: unknown): boolean {
  return ERRORS[asAppError(error).code].retry === 'always'
}

/** What a caller of a port sees in place of an error of the system behind it. */
type Translate = (error: unknown) => unknown

/** Runs the work and translates its failure. */
export async function translating<T>(work: () => Promise<T>, translate: Translate): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw translate(error)
  }
}

/** The same port, with the failures of all its methods translated. All of them return promises. */
export function translateErrors<Port extends object>(port: Port, translate: Translate): Port {
  return new Proxy(port, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property)
      if (typeof member !== 'function') return member
      return (...args: unknown[]) =>
        translating(async () => {
          const result: unknown = await Reflect.apply(member, target, args)
          return result
        }, translate)
    },
  })
}

/** Makes a switch over a closed union exhaustive: a new member is a compile error. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
