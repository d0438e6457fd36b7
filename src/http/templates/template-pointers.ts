import { AppError, type FieldIssue } from '../../errors.js'
import type { TemplateFill } from './fill-template.js'

type Named = Pick<TemplateFill, 'edit' | 'overrides'>

/** An issue of an edit as one of the template that it was made from: `/edit/operations/0/content`. */
export function inTemplate(issue: FieldIssue, named: Named): FieldIssue {
  const [, member = ''] = issue.pointer.split('/')
  const isOfRequest = member in named.overrides || (member === 'video_id' && !(member in named.edit))
  return isOfRequest ? issue : { ...issue, pointer: `/edit${issue.pointer}` }
}

/** The same for all issues of a failure. */
export async function withTemplatePointers<Result>(
  named: Named,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message, cause, issues, retryAfterSec } = error
    throw new AppError(code, message, {
      cause,
      issues: issues.map((issue) => inTemplate(issue, named)),
      ...(retryAfterSec === null ? {} : { retryAfterSec }),
    })
  }
}
