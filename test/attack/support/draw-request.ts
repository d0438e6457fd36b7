import type { Random } from '../../support/random.js'
import { drawValue, type Schema } from './draw-value.js'

/** What requests can refer to: it grows as files are accepted. */
export interface Stock {
  readonly videoIds: string[]
  readonly assets: string[]
  readonly jobIds: string[]
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly schema: Schema
}

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

/** The parts of the API document that requests are made from. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

export interface DrawnRequest {
  readonly method: string
  readonly path: string
  /** null: it has none. */
  readonly body: string | null
}

/** A body has to stay below 1 MiB of UTF-8, of which a character can need three bytes. */
const MOST_CHARS = 330_000

const ASSET_NAME = '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$'

/** What would take the attacker's own ground away. */
const NEVER_SENT = ['delete /api/v1/videos/{id}', 'delete /api/v1/assets/{name}']

/** Each drawn request that the API document allows, with values at the borders of what it allows. */
export function drawRequest({ paths, components }: ApiDocument, stock: Stock, random: Random): DrawnRequest {
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      NEVER_SENT.includes(`${method} ${path}`) || hasForm(operation) ? [] : [{ method, path, operation }],
    ),
  )
  const edits = routes.filter(({ path }) => path.endsWith('/edits'))
  const [first, ...others] = random.chance(0.7) ? edits : routes
  if (!first) throw new Error('the API document has no routes')
  const { method, path, operation } = random.pick([first, ...others])
  const drawing = {
    random,
    budget: random.pick([2_000, 50_000, MOST_CHARS]),
    resolve: (ref: string) => components.schemas[ref.split('/').at(-1) ?? ''] ?? {},
    known: (field: string, schema: Schema) => knownValue(stock, random, field, schema),
  }
  const schema = operation.requestBody?.content['application/json']?.schema
  const body = schema ? withDryRun(drawValue(schema, drawing), random) : null
  const parameters = (operation.parameters ?? []).map((parameter) => ({
    ...parameter,
    value: String(drawValue(parameter.schema, drawing, parameter.name)),
  }))
  const asked = parameters.filter((one) => one.in === 'query' && random.chance(0.5))
  const query = new URLSearchParams(Object.fromEntries(asked.map(({ name, value }) => [name, value])))
  const place = path.replace(/\{(\w+)\}/gu, (_, name: string) =>
    encodeURIComponent(idFor(path, name, stock, random)),
  )
  return { method, path: `${place}?${query.toString()}`, body: body === null ? null : JSON.stringify(body) }
}

function hasForm({ requestBody }: Operation): boolean {
  return requestBody !== undefined && !requestBody.content['application/json']
}

/** Most edits are only planned, so that the machine has time for more of them. */
function withDryRun(body: unknown, random: Random): unknown {
  const isObject = typeof body === 'object' && body !== null
  return isObject && 'operations' in body ? { ...body, dry_run: random.chance(0.8) } : body
}

function knownValue(
  { videoIds, assets }: Stock,
  random: Random,
  field: string,
  schema: Schema,
): string | undefined {
  if (field === 'video_id') return pickOf(videoIds, random)
  return schema.pattern === ASSET_NAME ? pickOf(assets, random) : undefined
}

function idFor(path: string, name: string, { videoIds, jobIds, assets }: Stock, random: Random): string {
  if (name === 'name') return pickOf(assets, random) ?? 'a'
  if (path.includes('/videos/')) return pickOf(videoIds, random) ?? 'a'
  return pickOf(jobIds, random) ?? 'a'
}

function pickOf(choices: readonly string[], random: Random): string | undefined {
  return choices[random.whole(0, choices.length - 1)]
}
