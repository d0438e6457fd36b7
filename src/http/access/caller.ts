import type { Request } from 'express'
import { AppError, assertNever } from '../../errors.js'
import { covers, type KeyHolder, type Scope } from '../../jobs/access/api-key.js'
import { LOCAL_OWNER, type Owner } from '../../jobs/model.js'

/** The scope that a route requires; `open`: none. */
export type RouteScope = Scope | 'open'

/** The sender of a request. */
export type Caller =
  | { readonly kind: 'key'; readonly holder: KeyHolder }
  /** Anyone with a signed link. */
  | { readonly kind: 'link'; readonly owner: Owner }
  /** With `AUTH=none`, anyone who reaches the port of this machine. */
  | { readonly kind: 'local' }
  /** A request without a key, where keys are required. */
  | { readonly kind: 'anonymous' }

/** The access rules of a route. */
export interface Guarded {
  readonly scope: RouteScope
  /** A signed link is accepted in place of a key. */
  readonly byLink?: true
}

/** @throws AppError `unauthenticated`, `forbidden-scope` */
export function authorise(caller: Caller, { scope, byLink }: Guarded): void {
  if (scope === 'open') return
  switch (caller.kind) {
    case 'local':
      return
    case 'anonymous':
      throw new AppError('unauthenticated', 'Send an API key: `Authorization: Bearer cut_…`.')
    case 'link':
      if (byLink) return
      throw new AppError('link-invalid', 'A signed link gives access to files and streams of events only.')
    case 'key':
      if (covers(caller.holder.scopes, scope)) return
      throw new AppError(
        'forbidden-scope',
        `The API key does not have the scope "${scope}", which this request needs.`,
      )
    default:
      assertNever(caller)
  }
}

/** The owner whose videos, jobs and assets the caller sees. */
export function ownerOf(caller: Caller): Owner {
  switch (caller.kind) {
    case 'key':
      return caller.holder.owner
    case 'link':
      return caller.owner
    case 'local':
    case 'anonymous':
      return LOCAL_OWNER
    default:
      return assertNever(caller)
  }
}

/** Whether the caller gets links to the orchestrator's pages, which show the jobs of all owners. */
export function isOperator(caller: Caller): boolean {
  return caller.kind === 'local' || (caller.kind === 'key' && covers(caller.holder.scopes, 'admin'))
}

/** The key in `Authorization: Bearer <key>`. null for any other scheme, such as the login of a proxy. */
export function bearerKey({ headers }: Pick<Request, 'headers'>): string | null {
  return /^bearer +([^ ].*)$/i.exec(headers.authorization ?? '')?.[1] ?? null
}
