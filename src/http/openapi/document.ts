import type Joi from 'joi'
import { VERSION } from '../package-root.js'
import { type EventDescription, eventName, EVENTS } from '../present/event.js'
import type { Answer, AnswerContent, BodyContent, Route, RouteExample, Tag } from '../route.js'
import { componentSchemas, withReferences } from './components.js'
import { answerSchema, bodySchema, type JsonSchema, propertiesOf, requestSchema } from './json-schema.js'
import { describeHeaders, describeProblems, problemCodes } from './problems.js'

const TAGS: Readonly<Record<Tag, string>> = {
  Videos: 'Source videos: upload, look up, download, delete',
  Edits: 'Edit a video. The answer is a job',
  Templates: 'Edits with placeholders, rendered with different values',
  Jobs: 'Follow, cancel, retry and delete jobs, and download their outputs',
  Assets: 'Images, clips, sounds, subtitles and fonts that edits refer to by name',
  Files: 'The stored files by their path, for players',
  Events: 'What happens to all jobs, videos and outputs: as a stream, and as a list for what was missed',
  Webhooks: 'Have events sent to addresses of yours, instead of asking for them',
  Usage: 'What the owner of the key uses, and what he may use',
  System: 'The service itself: health, documentation, error codes',
}

const SCHEME = 'apiKey'

const SECURITY_SCHEMES = {
  [SCHEME]: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'cut_<id>_<secret>',
    description:
      'An API key, made with `npm run keys`. Each operation names the scope that it needs, `read` or `write`; ' +
      '`admin` covers both. Anything that belongs to another owner is 404. A server that runs with `AUTH=none`, ' +
      'which can be reached from its own machine only, needs no key.',
  },
}

/** The OpenAPI 3.1 document of these routes. */
export function createDocument(routes: readonly Route[]): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cutroom',
      version: VERSION,
      description:
        'Edits and transcodes video. Upload a clip, post an edit, follow the job, download the outputs. Errors ' +
        'are problem details (RFC 9457) with a stable `code`. Every GET route also supports HEAD, and answers ' +
        'with JSON or a file support `If-None-Match`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ [SCHEME]: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: describePaths(routes.filter(({ isHidden }) => !isHidden)),
    webhooks: describeEvents(),
    components: { schemas: componentSchemas(), securitySchemes: SECURITY_SCHEMES },
  }
}

/** What the server sends to the webhooks of its users. */
function describeEvents(): Record<string, object> {
  const operation = ({ type, summary, schema }: EventDescription) => ({
    operationId: `receive${eventName(type)}`,
    tags: ['Webhooks' satisfies Tag],
    summary,
    security: [],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: withReferences(answerSchema(schema)) } },
    },
    responses: { '2XX': { description: 'The event has arrived. After any other answer it is sent again' } },
  })
  return Object.fromEntries(EVENTS.map((event) => [event.type, { post: operation(event) }]))
}

function describePaths(routes: readonly Route[]): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: describeOperation(route) }
  }
  return paths
}

function describeOperation(route: Route): object {
  const parameters = [
    ...describeParameters(route.params, 'path', route.example),
    ...describeParameters(route.query, 'query', route.example),
    ...describeParameters(route.headers, 'header', route.example),
  ]
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body.content === null ? {} : { requestBody: describeBody(route.body.content, route.example) }),
    security: route.scope === 'open' ? [] : [{ [SCHEME]: [route.scope] }],
    responses: { ...describeAnswers(route), ...describeProblems(problemCodes(route)) },
  }
}

function describeParameters(
  fields: Joi.ObjectSchema,
  place: 'path' | 'query' | 'header',
  { parameters = {} }: RouteExample = {},
): object[] {
  const object = requestSchema(fields)
  const names: unknown[] = Array.isArray(object.required) ? object.required : []
  return Object.entries(propertiesOf(object)).map(([name, { description, ...schema }]) => {
    return {
      name: place === 'header' ? headerCase(name) : name,
      in: place,
      required: names.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: withReferences(schema),
      ...(name in parameters ? { example: parameters[name] } : {}),
    }
  })
}

/** `idempotency-key` → `Idempotency-Key`, `last-event-id` → `Last-Event-ID`. */
function headerCase(name: string): string {
  return name.replaceAll(/\b(id$|[a-z])/g, (letters) => letters.toUpperCase())
}

function describeBody({ type, schema, files }: BodyContent, example: RouteExample = {}): object {
  return {
    required: true,
    content: {
      [type]: {
        schema: withReferences(
          withFiles(files.length > 0 ? requestSchema(schema) : bodySchema(schema), files),
        ),
        ...(example.body === undefined ? {} : { example: example.body }),
      },
    },
  }
}

function withFiles(schema: JsonSchema, files: readonly string[]): JsonSchema {
  if (files.length === 0) return schema
  const file = { type: 'string', format: 'binary', minLength: 1, description: 'The file, with its name' }
  const parts = Object.fromEntries(files.map((name) => [name, file]))
  return { ...schema, properties: { ...parts, ...propertiesOf(schema) }, required: files }
}

function describeAnswers({ answers, example }: Pick<Route, 'answers' | 'example'>): Record<string, object> {
  const isJson = ({ content }: Answer) => content.some(({ type }) => type === 'application/json')
  const [first] = Object.entries(answers).find(([, answer]) => isJson(answer)) ?? []
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      describeAnswer(answer, status === first ? example?.answer : undefined),
    ]),
  )
}

function describeAnswer({ description, content, headers = {} }: Answer, example?: object): object {
  return {
    description,
    ...(Object.keys(headers).length > 0 ? { headers: describeHeaders(headers) } : {}),
    ...(content.length > 0
      ? { content: Object.fromEntries(content.map((one) => describeContent(one, example))) }
      : {}),
  }
}

function describeContent(content: AnswerContent, example?: object): [string, object] {
  if ('schema' in content) {
    const shown = example !== undefined && content.type === 'application/json' ? { example } : {}
    return [content.type, { schema: withReferences(answerSchema(content.schema)), ...shown }]
  }
  return [content.type, { schema: { type: 'string' } }]
}
