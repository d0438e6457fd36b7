import type { ErrorCode } from '../../errors.js'
import type { Explanation } from './explanation.js'
import { FAILED_WORK } from './failed-work.js'
import { REFUSED_FOR_NOW } from './refused-for-now.js'
import { REFUSED_REQUESTS } from './refused-requests.js'
import { REFUSED_UPLOADS } from './refused-uploads.js'

/** Every code with its cause, an example and what to do: for pages, the API's document and docs/problems.md. */
export const EXPLANATIONS: Readonly<Record<ErrorCode, Explanation>> = {
  ...REFUSED_REQUESTS,
  ...REFUSED_UPLOADS,
  ...REFUSED_FOR_NOW,
  ...FAILED_WORK,
}
