import type Joi from 'joi'
import type { HttpConfig } from '../config.js'
import { AppError, type ErrorCode } from '../errors.js'
import type { Owner } from '../jobs/model.js'
import type { UseCases } from '../jobs/use-cases.js'
import { authorise, type Caller, type Guarded, isOperator, ownerOf } from './access/caller.js'
import type { Guard } from './access/guard.js'
import type { CheckBody } from './body/body-task.js'
import type { Exchange } from './exchange.js'
import type { RateBucket } from './limits/rate-buckets.js'
import type { Audience } from './present/audience.js'
import type { Reply } from './reply/reply.js'
import { checkFields, noFields, unsafeNames } from './request/fields.js'

/** What every handler can use besides its request. */
export interface AppContext {
  readonly useCases: UseCases
  readonly checkBody: CheckBody
  readonly config: HttpConfig
  readonly guard: Guard
  /** Aborted when the process stops, which ends open streams. */
  readonly stopping: AbortSignal
}

/** An exchange that a route answers, with what handlers can use. */
export interface RouteExchange extends Exchange {
  readonly app: AppContext
}

/** An exchange whose sender is known. */
export interface OwnedExchange extends RouteExchange {
  readonly owner: Owner
}

interface RouteRequest<Params, Query, Headers, Body> {
  readonly params: Params
  readonly query: Query
  readonly headers: Headers
  readonly body: Body
  readonly owner: Owner
  /** The reader of the answer. */
  readonly audience: Audience
  /** The client prefers JSON to HTML and to a stream of events. */
  readonly prefersJson: boolean
  /** The client asks for HTML above all, as browsers do; one that takes anything does not. */
  readonly prefersHtml: boolean
}

/** How a route reads its body, and how the API document describes it. */
export interface BodySpec<Body> {
  readonly content: BodyContent | null
  readonly errors: readonly ErrorCode[]
  /**
   * Reads and checks the body, and passes it to `use`. What belongs to it, for instance an uploaded file, exists
   * until `use` has settled. `checkHead` throws when anything outside the body is invalid; it is also given the
   * issues of the body, so that one error lists all of them.
   */
  receive(exchange: OwnedExchange, checkHead: HeadCheck, use: (body: Body) => Promise<Reply>): Promise<Reply>
}

type HeadCheck = (bodyIssues?: AppError['issues']) => void

export interface BodyContent {
  readonly type: 'application/json' | 'multipart/form-data'
  readonly schema: Joi.Schema
  /** Names of the form parts that are files. */
  readonly files: readonly string[]
}

export interface Answer {
  readonly description: string
  /** The content types among which `Accept` chooses; none for an answer without a body. */
  readonly content: readonly AnswerContent[]
  readonly headers?: Readonly<Record<string, string>>
}

export type AnswerContent =
  | { readonly type: 'application/json'; readonly schema: Joi.Schema }
  /** `schema` describes one event. */
  | { readonly type: 'text/event-stream'; readonly schema: Joi.Schema }
  | { readonly type: 'text/html' | '*/*' | 'image/jpeg' | 'image/webp' }

export type Tag =
  'Videos' | 'Edits' | 'Jobs' | 'Assets' | 'Files' | 'Templates' | 'Events' | 'Webhooks' | 'Usage' | 'System'

/** One exchange, for the API's document. */
export interface RouteExample {
  /** Path parameters, query and headers, by their names. */
  readonly parameters?: Readonly<Record<string, string | number>>
  /** JSON, or the fields of a form. */
  readonly body?: object
  /** The first answer that is JSON. */
  readonly answer?: object
}

interface RouteFacts extends Guarded {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** In the syntax of OpenAPI: `/api/v1/videos/{id}`. */
  readonly path: string
  readonly operationId: string
  readonly tag: Tag
  readonly summary: string
  /** test/http/openapi/document.rules.test.ts requires this and an example of every route in the document. */
  readonly description?: string
  readonly example?: RouteExample
  readonly answers: Readonly<Record<number, Answer>>
  /**
   * Error codes of the handler's use case, also `storage-unavailable` and `orchestrator-unavailable` where it needs
   * these. Those of validation, access, limits and the database are added to the document.
   */
  readonly errors: readonly ErrorCode[]
  /** What its requests are counted as for the limits of rates; absent: `requests`. */
  readonly bucket?: RateBucket
  /** Headers of the answer to OPTIONS. */
  readonly options?: (config: HttpConfig) => Readonly<Record<string, string>>
  /** Not in the API document. Used for the scripts and styles of pages. */
  readonly isHidden?: true
}

interface RouteSpec<Params, Query, Headers, Body> extends RouteFacts {
  readonly params: Joi.ObjectSchema<Params>
  readonly query: Joi.ObjectSchema<Query>
  readonly headers: Joi.ObjectSchema<Headers>
  readonly body: BodySpec<Body>
  readonly handler: (
    request: RouteRequest<Params, Query, Headers, Body>,
    app: AppContext,
  ) => Promise<Reply> | Reply
}

/** A route without the types of its input, as the router and the API document use it. */
export interface Route extends RouteFacts {
  readonly params: Joi.ObjectSchema
  readonly query: Joi.ObjectSchema
  readonly headers: Joi.ObjectSchema
  readonly body: Pick<BodySpec<unknown>, 'content' | 'errors'>
  readonly respond: (exchange: RouteExchange) => Promise<Reply>
}

/** For routes without a body. */
const noBody: BodySpec<null> = {
  content: null,
  errors: [],
  receive: (_exchange, checkHead, use) => {
    checkHead()
    return use(null)
  },
}

/** Defaults to spread into a route, which then states only the inputs that it has. */
export const noInput = { params: noFields, query: noFields, headers: noFields, body: noBody }

export function defineRoute<Params, Query, Headers, Body>(
  spec: RouteSpec<Params, Query, Headers, Body>,
): Route {
  const names = headerNames(spec.headers)
  const respond = async (exchange: RouteExchange): Promise<Reply> => {
    const { req, app } = exchange
    const caller = await admit(spec, exchange)
    const params = checkFields(spec.params, req.params, '/path')
    const query = checkFields(spec.query, req.query, '/query')
    const unsafe = unsafeNames(req.query, '/query')
    const given = Object.fromEntries(names.map((name) => [name, req.headers[name]]))
    const headers = checkFields(spec.headers, given, '/header')
    const checkHead: HeadCheck = (bodyIssues = []) => {
      const issues = [
        ...params.issues,
        ...(unsafe.length > 0 ? unsafe : query.issues),
        ...headers.issues,
        ...bodyIssues,
      ]
      if (issues.length > 0) throw new AppError(codeOf(issues, spec.errors), summarise(issues), { issues })
    }
    const owner = ownerOf(caller)
    return spec.body.receive({ ...exchange, owner }, checkHead, async (body) => {
      const head = { params: params.value(), query: query.value(), headers: headers.value() }
      const prefersJson = req.accepts(['html', 'text/event-stream', 'json']) === 'json'
      const prefersHtml = req.accepts(['json', 'html']) === 'html'
      const request = {
        ...head,
        body,
        prefersJson,
        prefersHtml,
        owner,
        audience: toAudience(caller, app),
      }
      return spec.handler(request, app)
    })
  }
  return { ...spec, respond }
}

/**
 * Identifies and authorises the caller before any other part of the request is read. Open routes answer without a
 * key, and even while the database is down.
 */
async function admit(route: Guarded, { req, app: { guard } }: RouteExchange): Promise<Caller> {
  if (route.scope === 'open') return guard.identify(req).catch(() => ({ kind: 'anonymous' }))
  const caller = await guard.identify(req)
  authorise(caller, route)
  return caller
}

function toAudience(caller: Caller, { guard }: AppContext): Audience {
  return {
    link: (path) => guard.linkFor(caller, path),
    streamLink: (path) => guard.streamLinkFor(caller, path),
    isAnonymous: caller.kind === 'anonymous',
    isOperator: isOperator(caller),
  }
}

/** The headers that the route names. Requests have many others, which are not checked. */
function headerNames(schema: Joi.ObjectSchema): string[] {
  const keys: unknown = schema.describe().keys
  return typeof keys === 'object' && keys !== null ? Object.keys(keys) : []
}

/** Where nothing is wrong but ids that cannot be one, what they name does not exist. */
function codeOf(issues: AppError['issues'], errors: readonly ErrorCode[]): ErrorCode {
  const missing = errors.find((code) => code.endsWith('-not-found'))
  return missing !== undefined && issues.every(({ isNoId }) => isNoId === true) ? missing : 'request-invalid'
}

export function summarise(issues: AppError['issues']): string {
  return issues.map(({ pointer, message }) => `${pointer || '/'} ${message}`).join('; ')
}
