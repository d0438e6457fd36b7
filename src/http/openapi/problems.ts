import { type ErrorCode, ERRORS } from '../../errors.js'
import { PROBLEM_TYPE, saysWhenToRetry, STATUS } from '../reply/problem.js'
import type { Route } from '../route.js'
import type { JsonSchema } from './json-schema.js'
import { reference } from './union.js'

/** The codes that the route can answer with. */
export function problemCodes(route: Route): ErrorCode[] {
  const always: ErrorCode[] = ['request-invalid', 'rate-limited', 'internal']
  const access: ErrorCode[] =
    route.scope === 'open'
      ? []
      : ['unauthenticated', 'forbidden-scope', 'other-site', 'db-unavailable', 'out-of-resources']
  const link: ErrorCode[] = route.byLink ? ['link-invalid', 'link-expired'] : []
  return [...new Set([...route.body.errors, ...route.errors, ...access, ...link, ...always])]
}

function problemHeaders(status: number): Readonly<Record<string, string>> | null {
  if (status === 401) return { 'WWW-Authenticate': 'The authentication scheme to use: `Bearer`' }
  return saysWhenToRetry(status) ? { 'Retry-After': 'Seconds to wait' } : null
}

export function describeProblems(codes: readonly ErrorCode[]): Record<string, object> {
  const statuses = [...new Set(codes.map((code) => STATUS[code]))].sort((a, b) => a - b)
  return Object.fromEntries(
    statuses.map((status) => {
      const lines = codes
        .filter((code) => STATUS[code] === status)
        .map((code) => `[\`${code}\`](/problems/${code}): ${ERRORS[code].title}`)
      const headers = problemHeaders(status)
      return [
        String(status),
        {
          description: lines.join('. '),
          ...(headers === null ? {} : { headers: describeHeaders(headers) }),
          content: { [PROBLEM_TYPE]: { schema: problemOf(codes.filter((code) => STATUS[code] === status)) } },
        },
      ]
    }),
  )
}

/** The problem of an answer, with the codes that it can have there. */
function problemOf(codes: readonly ErrorCode[]): JsonSchema {
  const code = { type: 'string', enum: codes, description: 'One of the codes of this route' }
  return { allOf: [reference('Problem'), { type: 'object', properties: { code } }] }
}

export function describeHeaders(headers: Readonly<Record<string, string>>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  )
}
