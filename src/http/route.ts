import type Joi from 'joi'
import type { HttpConfig } from '../config.js'
import { AppError, type ErrorCode } from '../errors.js'
import type { Owner } from '../jobs/model.js'
import type { UseCases } from '../jobs/use-cases.js'
import { authorise, type Caller, type Guarded, isOperator, ownerOf } from './access/caller.js'
import type { Guard } from './access/guard.js'
import type { Exchange } from './exchange.js'
import type { Audience } from './present/audience.js'
import type { Reply } from './reply/reply.js'
import { checkFields, noFields, unsafeNames } from './request/fields.js'

/** What every handler may use besides its request. */
export interface AppContext {
  readonly useCases: UseCases
  readonly config: HttpConfig
  readonly guard: Guard
  /** Aborted when the process stops: answers without an end of their own end then. */
  readonly stopping: AbortSignal
}

/** An exchange that a route answers. */
export interface RouteExchange extends Exchange {
  readonly app: AppContext
}

interface RouteRequest<Params, Query, Headers, Body> {
  readonly params: Params
  readonly query: Query
  readonly headers: Headers
  readonly body: Body
  readonly owner: Owner
  /** For whom the answer is. */
  readonly audience: Audience
  /** The client asks for JSON rather than for a page. */
  readonly prefersJson: boolean
}

/** How a route reads its body, and how the API document describes it. */
export interface BodySpec<Body> {
  readonly content: BodyContent | null
  readonly errors: readonly ErrorCode[]
  /**
   * Reads and checks the body, and passes it on. What it holds, such as an uploaded file, lives until `use`
   * has settled. `checkHead` throws when anything outside the body is wrong; given the body's own issues it
   * lists all of them at once.
   */
  receive(exchange: RouteExchange, checkHead: HeadCheck, use: (body: Body) => Promise<Reply>): Promise<Reply>
}

type HeadCheck = (bodyIssues?: AppError['issues']) => void

export interface BodyContent {
  readonly type: 'application/json' | 'multipart/form-data'
  readonly schema: Joi.Schema
  /** Names of the parts that are files. */
  readonly files: readonly string[]
}

export interface Answer {
  readonly description: string
  /** The forms it comes in, by negotiation; none for an answer without a body. */
  readonly content: readonly AnswerContent[]
  readonly headers?: Readonly<Record<string, string>>
}

export type AnswerContent =
  | { readonly type: 'application/json'; readonly schema: Joi.Schema }
  /** The schema is that of one event. */
  | { readonly type: 'text/event-stream'; readonly schema: Joi.Schema }
  | { readonly type: 'text/html' | '*/*' }

export type Tag = 'Videos' | 'Edits' | 'Jobs' | 'Assets' | 'Files' | 'System'

interface RouteFacts extends Guarded {
  readonly method: 'get' | 'post' | 'delete'
  /** As OpenAPI writes it: `/api/v1/videos/{id}`. */
  readonly path: string
  readonly operationId: string
  readonly tag: Tag
  readonly summary: string
  readonly description?: string
  readonly answers: Readonly<Record<number, Answer>>
  /** Codes that the handler's use case can give. Those of validation and of outages are added. */
  readonly errors: readonly ErrorCode[]
  /** Left out of the API document: the parts of a page. */
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

/** A route whose input types are sealed in: what the router and the API document work with. */
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

/** To spread into a route; it then states only the inputs that it has. */
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
      if (issues.length > 0) throw new AppError('request-invalid', summarise(issues), { issues })
    }
    return spec.body.receive(exchange, checkHead, async (body) => {
      const head = { params: params.value(), query: query.value(), headers: headers.value() }
      const prefersJson = req.accepts(['html', 'json']) === 'json'
      const request = {
        ...head,
        body,
        prefersJson,
        owner: ownerOf(caller),
        audience: toAudience(caller, app),
      }
      return spec.handler(request, app)
    })
  }
  return { ...spec, respond }
}

/** Before anything of the request is read. Pages and health answer whoever asks, and in any weather. */
async function admit(route: Guarded, { req, app: { guard } }: RouteExchange): Promise<Caller> {
  if (route.scope === 'open') return guard.identify(req).catch(() => ({ kind: 'anonymous' }))
  const caller = await guard.identify(req)
  authorise(caller, route)
  return caller
}

function toAudience(caller: Caller, { guard }: AppContext): Audience {
  return {
    link: (path) => guard.linkFor(caller, path),
    isAnonymous: caller.kind === 'anonymous',
    isOperator: isOperator(caller),
  }
}

/** Requests carry many headers: only those that the route names are checked. */
function headerNames(schema: Joi.ObjectSchema): string[] {
  const keys: unknown = schema.describe().keys
  return typeof keys === 'object' && keys !== null ? Object.keys(keys) : []
}

function summarise(issues: AppError['issues']): string {
  return issues.map(({ pointer, message }) => `${pointer || '/'} ${message}`).join('; ')
}
