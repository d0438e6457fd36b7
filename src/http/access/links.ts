import { createHmac } from 'node:crypto'
import { AppError } from '../../errors.js'
import { isOwner } from '../../jobs/access/api-key.js'
import { isSameSecret } from '../../jobs/access/same-secret.js'
import type { Owner } from '../../jobs/model.js'
import { createUploadTokens, type UploadTokens, withoutToken } from './upload-tokens.js'

/** A signed link, not verified yet, in its two parts. */
interface GrantedPath {
  readonly grant: string
  /** Path and query after the grant. */
  readonly target: string
}

const PREFIX = '/signed/'
const SIGNED = /^\/signed\/([^/?]+)(\/.*)$/
const GRANT = /^(\d{1,12})\.([a-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/
/** A file of an output that is a folder. Playlists name their segments relative to themselves. */
const IN_FOLDER = /^(\/processed\/[^/?]+\/[^/?]+\/)[^/?]+$/

/** Links change this often within their lifetime, and no more often, so that answers with links can be cached. */
const CHANGES = 4

export interface LinkSigner {
  /** A path to the same file that works for anyone who has it, until it expires. */
  sign(owner: Owner, target: string): string
  /** The same for a time from now on, or for the lifetime of links if that is shorter. */
  signFor(owner: Owner, target: string, seconds: number): { readonly path: string; readonly expiresAt: Date }
  /**
   * Verifies a signed link and returns the owner and the path of the file.
   * @returns null when the path is not a signed link
   * @throws AppError `link-invalid`, `link-expired`
   */
  open(url: string): { readonly owner: Owner; readonly target: string } | null
  readonly uploads: UploadTokens
}

/**
 * Signs links as `/signed/<expires>.<owner>.<signature>/<path>` with an HMAC-SHA256 of time, owner and path. The grant
 * is in front of the path, so that the relative names within playlists keep it.
 * @param ttlSec lifetime of a link in seconds: at most this, and at least three quarters of it
 */
export function createLinkSigner(
  secret: string,
  ttlSec: number,
  now: () => number = () => Date.now(),
): LinkSigner {
  const step = Math.max(1, Math.floor(ttlSec / CHANGES))
  const nowSec = () => Math.floor(now() / 1000)
  const signUntil = (owner: Owner, target: string, expires: number) =>
    `${PREFIX}${expires}.${owner}.${signatureOf(secret, owner, expires, target)}${target}`
  return {
    uploads: createUploadTokens(secret),
    sign: (owner, target) => signUntil(owner, target, Math.floor(nowSec() / step) * step + ttlSec),
    signFor(owner, target, seconds) {
      const expires = nowSec() + Math.min(ttlSec, seconds)
      return { path: signUntil(owner, target, expires), expiresAt: new Date(expires * 1000) }
    },
    open(url) {
      const granted = splitLink(url)
      if (granted === null) return null
      const [, expiresText, owner = '', signature = ''] = GRANT.exec(granted.grant) ?? []
      const expires = Number(expiresText)
      if (!isOwner(owner) || !isSameSecret(signature, signatureOf(secret, owner, expires, granted.target))) {
        throw new AppError(
          'link-invalid',
          'The signature of the link is not valid for this path. Get a new link from the job, the video, the asset or the route of the stream.',
        )
      }
      if (expires <= nowSec()) {
        throw new AppError(
          'link-expired',
          'The link has expired. Get a new one from the job, the video, the asset or the route of the stream.',
        )
      }
      return { owner, target: granted.target }
    },
  }
}

/** For logs, because anyone who has a grant can use it until it expires. */
export function withoutGrant(path: string): string {
  return withoutToken(path.replace(/^\/signed\/[^/]*/, '/signed/…'))
}

function splitLink(url: string): GrantedPath | null {
  const [, grant, target] = SIGNED.exec(url) ?? []
  return grant === undefined || target === undefined ? null : { grant, target }
}

function signatureOf(secret: string, owner: Owner, expires: number, target: string): string {
  const folder = IN_FOLDER.exec(target)?.[1]
  // No path that is signed on its own contains a star, so the two kinds never have the same text.
  const covered = folder === undefined ? target : `${folder}*`
  return createHmac('sha256', secret).update(`${expires}\n${owner}\n${covered}`).digest('base64url')
}
