import type { Request, RequestHandler } from 'express'
import { covers } from '../../jobs/access/api-key.js'
import type { Owner } from '../../jobs/model.js'
import type { UseCases } from '../../jobs/use-cases.js'
import { allowedOrigins } from './allowed-origins.js'
import { bearerKey, type Caller } from './caller.js'
import type { LinkSigner } from './links.js'
import { refuseOtherSites } from './other-sites.js'
import type { UploadTokens } from './upload-tokens.js'

export interface AccessParts {
  /** Whether a request without a key is refused; otherwise it acts as the owner `local`. */
  readonly needsKey: boolean
  readonly links: LinkSigner
}

/** A page asks for a link when it opens a stream, and again when the stream cannot be opened again. */
const STREAM_LINK_SEC = 3600

interface GuardDeps {
  readonly useCases: Pick<UseCases, 'authenticate'>
  /** Origins whose pages may change things even though they are other sites. */
  readonly corsOrigins: readonly string[]
}

/** Identifies the sender of each request; nothing else does. */
export interface Guard {
  /** Verifies a signed link and removes its grant, so that the router sees the path of the file. */
  readonly openLinks: RequestHandler
  /** @throws AppError `unauthenticated` for an invalid key, even where no key is required; `other-site` */
  identify(req: Request): Promise<Caller>
  /** Whether `identify` has found the request's key to be valid. */
  hasGoodKey(req: Request): boolean
  /** A signed link, with which anyone can fetch this file of the caller; the path itself for a caller without a key. */
  linkFor(caller: Caller, path: string): string
  /** The same for a stream of events, for a shorter time. */
  streamLinkFor(caller: Caller, path: string): { readonly path: string; readonly expiresAt: Date | null }
  readonly uploads: UploadTokens
}

export function createGuard({ needsKey, links }: AccessParts, { useCases, corsOrigins }: GuardDeps): Guard {
  const origins = allowedOrigins(corsOrigins)
  const withGoodKey = new WeakSet<Request>()
  const owners = new WeakMap<Request, Owner>()
  return {
    uploads: links.uploads,
    openLinks: (req, _res, next) => {
      const opened = links.open(req.url)
      if (opened !== null) {
        owners.set(req, opened.owner)
        req.url = opened.target
      }
      next()
    },
    async identify(req) {
      const owner = owners.get(req)
      if (owner !== undefined) return { kind: 'link', owner }
      const key = bearerKey(req)
      if (key !== null) {
        const holder = await useCases.authenticate(key)
        withGoodKey.add(req)
        return { kind: 'key', holder }
      }
      if (needsKey) return { kind: 'anonymous' }
      refuseOtherSites(req, origins)
      return { kind: 'local' }
    },
    hasGoodKey: (req) => withGoodKey.has(req),
    linkFor: (caller, path) => {
      const owner = readerOf(caller)
      return owner === null ? path : links.sign(owner, path)
    },
    streamLinkFor: (caller, path) => {
      const owner = readerOf(caller)
      return owner === null ? { path, expiresAt: null } : links.signFor(owner, path, STREAM_LINK_SEC)
    },
  }
}

/** The owner for whom links are signed. A key without `read` gets no links that read. */
function readerOf(caller: Caller): Owner | null {
  return caller.kind === 'key' && covers(caller.holder.scopes, 'read') ? caller.holder.owner : null
}
