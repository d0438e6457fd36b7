import type { Request } from 'express'
import { AppError, assertNever } from '../../errors.js'
import { covers, type KeyHolder, type Scope } from '../../jobs/access/api-key.js'
import { LOCAL_OWNER, type Owner } from '../../jobs/model.js'

/** What a route asks for: a scope, or nothing. */
export type RouteScope = Scope | 'open'

/** Who sends a request. */
export type Caller =
  | { readonly kind: 'key'; readonly holder: KeyHolder }
  /** Whoever has a signed link. */
  | { readonly kind: 'link'; readonly owner: Owner }
  /** Without keys, whoever reaches the port of this machine. */
  | { readonly kind: 'local' }
  /** Nobody, where keys are asked for. */
  | { readonly kind: 'anonymous' }

/** A route, as far as access is concerned. */
export interface Guarded {
  readonly scope: RouteScope
  /** A signed link may stand in for a key. */
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
      throw new AppError('link-invalid', 'A signed link leads to files only.')
    case 'key':
      if (covers(caller.holder.scopes, scope)) return
      throw new AppError('forbidden-scope', `The API key lacks the scope "${scope}" that this asks for.`)
    default:
      assertNever(caller)
  }
}

/** Whose things the caller sees. */
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

/** Whether the caller may see how jobs are run: the orchestrator's pages show those of all owners. */
export function isOperator(caller: Caller): boolean {
  return caller.kind === 'local' || (caller.kind === 'key' && covers(caller.holder.scopes, 'admin'))
}

/** The key in `Authorization: Bearer <key>`. null without one: a login of a proxy's before us is not for us. */
export function bearerKey({ headers }: Pick<Request, 'headers'>): string | null {
  return /^bearer +(.*)$/i.exec(headers.authorization ?? '')?.[1] ?? null
}
