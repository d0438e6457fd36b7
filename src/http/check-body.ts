import type Joi from 'joi'
import { AppError, type FieldIssue } from '../errors.js'
import type { BodyTask, CheckedBody } from './body/body-task.js'
import { checkJson, refusedParts } from './request/fields.js'
import { routes } from './routes/index.js'
import { fillTemplate } from './templates/fill-template.js'
import { inTemplate } from './templates/template-pointers.js'

/** Numbers, texts, lists and objects in a body. The longest edit that the limits allow has about 10,000. */
const MAX_VALUES = 50_000

const SCHEMAS: ReadonlyMap<string, Joi.Schema> = new Map(
  routes.flatMap(({ operationId, body: { content } }) =>
    content?.type === 'application/json' ? [[operationId, content.schema.required()] as const] : [],
  ),
)

/** Parses a JSON body and checks it with the schema of its route. @throws AppError `request-invalid` when it is no JSON */
export function runBodyTask(task: BodyTask): CheckedBody {
  const { issues, value } = checkTask(task)
  return { issues: issues.slice(0, MAX_ISSUES).map(shortened), value }
}

/** More would be no help, and a client makes them as many and as long as it likes. */
const MAX_ISSUES = 100
const MAX_POINTER_CHARS = 1000

function shortened(issue: FieldIssue): FieldIssue {
  const { pointer } = issue
  return pointer.length > MAX_POINTER_CHARS
    ? { ...issue, pointer: `${pointer.slice(0, MAX_POINTER_CHARS)}…` }
    : issue
}

function checkTask({ operationId, bytes, template }: BodyTask): CheckedBody {
  const schema = SCHEMAS.get(operationId)
  if (!schema) throw new TypeError(`the route ${operationId} has no JSON body`)
  if (!template) return check(schema, bytes && parse(bytes))
  const filled = fillTemplate(template)
  if (filled.issues.length > 0) return { issues: filled.issues, value: null }
  const { issues, value } = check(schema, filled.value)
  return { issues: issues.map((issue) => inTemplate(issue, template)), value }
}

function check(schema: Joi.Schema, input: unknown): CheckedBody {
  const excess = tooMany(input)
  const refused = excess.length > 0 ? excess : refusedParts(input)
  if (refused.length > 0) return { issues: refused, value: null }
  const { issues, value } = checkJson(schema, input)
  return { issues, value: issues.length > 0 ? null : value() }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new AppError('request-invalid', 'The body is not valid JSON in UTF-8.', { cause })
  }
}

/** Lengths come before contents: each wrong member of a long list would be an issue of its own. */
function tooMany(input: unknown): FieldIssue[] {
  let count = 0
  const open = [input]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'object' && value !== null) open.push(...members(value))
    count += 1
    if (count + open.length > MAX_VALUES) {
      return [{ pointer: '', message: `has more than ${MAX_VALUES} values` }]
    }
  }
  return []
}

/** At most so many as show that there are too many. */
function members(value: object): unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_VALUES + 1) : Object.values(value)
}
