import type { FieldIssue } from '../../errors.js'
import type { Owner } from '../../jobs/model.js'
import type { TemplateFill } from '../templates/fill-template.js'

/** The body of a request, as it arrived. */
export interface BodyTask {
  /** The route whose schema holds. */
  readonly operationId: string
  /** Absent: the request has none. */
  readonly bytes?: Uint8Array
  /** The body is made from it. Absent: it is in `bytes`. */
  readonly template?: TemplateFill
}

export interface CheckedBody {
  readonly issues: readonly FieldIssue[]
  /** The body with its defaults; means nothing when there are issues. */
  readonly value: unknown
}

/**
 * Parses and checks a JSON body beside the process's own work, since that takes as long as clients make it.
 * @throws AppError `request-invalid` when it is no JSON; `request-too-costly`; `rate-limited`
 */
export type CheckBody = (owner: Owner, task: BodyTask) => Promise<CheckedBody>
