import { createHmac } from 'node:crypto'
import { AppError } from '../../errors.js'
import { isOwner } from '../../jobs/access/api-key.js'
import { isSameSecret } from '../../jobs/access/same-secret.js'
import type { Owner } from '../../jobs/model.js'

/** A link as it came: what it leads to, and the grant that allows it. */
interface GrantedPath {
  readonly grant: string
  /** Path and query behind the grant. */
  readonly target: string
}

const PREFIX = '/signed/'
const SIGNED = /^\/signed\/([^/?]+)(\/.*)$/
const GRANT = /^(\d{1,12})\.([a-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/
/** A file of an output that is a folder: playlists lead to their segments by names beside their own. */
const IN_FOLDER = /^(\/processed\/[^/?]+\/[^/?]+\/)[^/?]+$/

/** Links change four times in their life, so that what shows them stays the same for a while and can be cached. */
const CHANGES = 4

export interface LinkSigner {
  /** The same path for whoever has the link, until it expires. */
  sign(owner: Owner, target: string): string
  /**
   * Whose file the link may fetch, and its path.
   * @returns null when the path is no signed link
   * @throws AppError `link-invalid`, `link-expired`
   */
  open(url: string): { readonly owner: Owner; readonly target: string } | null
}

/**
 * Signs links as `/signed/<expires>.<owner>.<signature>/<path>`: an HMAC-SHA256 of owner, time and path. It stands
 * before the path, so that the names within playlists, which are relative, keep it.
 * @param ttlSec seconds that a link lives at most; three quarters of it at least
 */
export function createLinkSigner(
  secret: string,
  ttlSec: number,
  now: () => number = () => Date.now(),
): LinkSigner {
  const step = Math.max(1, Math.floor(ttlSec / CHANGES))
  const nowSec = () => Math.floor(now() / 1000)
  return {
    sign(owner, target) {
      const expires = Math.floor(nowSec() / step) * step + ttlSec
      return `${PREFIX}${expires}.${owner}.${signatureOf(secret, owner, expires, target)}${target}`
    },
    open(url) {
      const granted = splitLink(url)
      if (granted === null) return null
      const [, expiresText, owner = '', signature = ''] = GRANT.exec(granted.grant) ?? []
      const expires = Number(expiresText)
      if (!isOwner(owner) || !isSameSecret(signature, signatureOf(secret, owner, expires, granted.target))) {
        throw new AppError('link-invalid', 'The link was not made by this server, or not for this path.')
      }
      if (expires <= nowSec()) {
        throw new AppError('link-expired', 'The link has expired: ask for the job again for a new one.')
      }
      return { owner, target: granted.target }
    },
  }
}

/** For logs: whoever has a grant may use it until it expires. */
export function withoutGrant(path: string): string {
  return path.replace(/^\/signed\/[^/]*/, '/signed/…')
}

function splitLink(url: string): GrantedPath | null {
  const [, grant, target] = SIGNED.exec(url) ?? []
  return grant === undefined || target === undefined ? null : { grant, target }
}

function signatureOf(secret: string, owner: Owner, expires: number, target: string): string {
  const folder = IN_FOLDER.exec(target)?.[1]
  // A star: nothing that is signed for itself is the same text.
  const covered = folder === undefined ? target : `${folder}*`
  return createHmac('sha256', secret).update(`${expires}\n${owner}\n${covered}`).digest('base64url')
}
