import { parseArgs } from 'node:util'
import type { Owner } from '../model.js'
import { type ApiKey, isOwner, isScope, keyState, type Scope, SCOPES } from './api-key.js'

/** A command of `npm run keys`. */
export type KeyCommand =
  | {
      readonly name: 'create'
      readonly owner: Owner
      readonly scopes: readonly Scope[]
      /** Milliseconds; null: for ever. */
      readonly lifetimeMs: number | null
    }
  | { readonly name: 'list' }
  | { readonly name: 'revoke'; readonly idOrKey: string }

export const KEYS_USAGE = `Usage: npm run keys -- COMMAND

  create --owner NAME [--scopes read,write] [--expires 90d]
      Creates a key and prints it; it cannot be shown again. All keys of an owner
      see the same videos, jobs and assets.
      --scopes   ${SCOPES.join(', ')}; several with commas. Default: read,write
      --expires  hours, days or weeks, for example 12h, 90d, 4w; or never. Default: 90d
  list
      Shows all keys, without their secrets.
  revoke ID
      Revokes a key: it is refused from now on.`

const HOUR_MS = 3_600_000
const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', HOUR_MS],
  ['d', 24 * HOUR_MS],
  ['w', 7 * 24 * HOUR_MS],
])

/** @throws Error with a message for the user of the command */
export function parseKeyCommand(args: readonly string[]): KeyCommand {
  const [name, ...rest] = args
  switch (name) {
    case 'create':
      return parseCreate(rest)
    case 'list':
      parseArgs({ args: rest, options: {} })
      return { name: 'list' }
    case 'revoke': {
      const [idOrKey, ...more] = parseArgs({ args: rest, options: {}, allowPositionals: true }).positionals
      if (idOrKey === undefined || more.length > 0) throw new Error('revoke needs the id of one key.')
      return { name: 'revoke', idOrKey }
    }
    case undefined:
      throw new Error('No command was given.')
    default:
      throw new Error(`Unknown command "${name}".`)
  }
}

function parseCreate(args: string[]): KeyCommand {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { owner: text, scopes: text, expires: text } })
  const { owner, scopes = 'read,write', expires = '90d' } = values
  if (owner === undefined) throw new Error('--owner is required.')
  if (!isOwner(owner)) {
    throw new Error(
      '--owner: up to 64 lower-case letters, digits, "-" and "_"; must start with a letter or digit.',
    )
  }
  return { name: 'create', owner, scopes: parseScopes(scopes), lifetimeMs: parseLifetime(expires) }
}

function parseScopes(text: string): Scope[] {
  const scopes = [...new Set(text.split(',').map((name) => name.trim()))]
  const known = scopes.filter(isScope)
  if (known.length < scopes.length)
    throw new Error(`--scopes: one or more of ${SCOPES.join(', ')}, separated by commas.`)
  return known
}

function parseLifetime(text: string): number | null {
  if (text === 'never') return null
  const [, count, unit = ''] = /^([1-9]\d{0,3})([a-z])$/.exec(text) ?? []
  const unitMs = UNITS.get(unit)
  if (unitMs === undefined)
    throw new Error('--expires: hours, days or weeks, for example 12h, 90d or 4w; or never.')
  return Number(count) * unitMs
}

/** A table with one line per key. */
export function writeKeyTable(keys: readonly ApiKey[], now: Date): string {
  const rows = keys.map((key) => [
    key.id,
    key.owner,
    key.scopes.join(','),
    keyState(key, now),
    writeTime(key.createdAt),
    writeTime(key.expiresAt),
    writeTime(key.lastUsedAt),
  ])
  const table = [['ID', 'OWNER', 'SCOPES', 'STATE', 'CREATED', 'EXPIRES', 'LAST USED'], ...rows]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function writeTime(time: Date | null): string {
  return time === null ? 'never' : `${time.toISOString().slice(0, 16)}Z`
}
