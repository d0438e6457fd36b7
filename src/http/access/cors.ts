import type { RequestHandler } from 'express'
import { allowedOrigins } from './allowed-origins.js'

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'
const REQUEST_HEADERS =
  'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Range, ' +
  'If-Match, If-Modified-Since, If-None-Match, If-Range, X-Request-Id, Tus-Resumable, ' +
  'X-HTTP-Method-Override, Upload-Checksum, Upload-Concat, Upload-Defer-Length, Upload-Length, Upload-Metadata, Upload-Offset'
const ANSWER_HEADERS =
  'Accept-Ranges, Content-Disposition, Content-Range, ETag, Idempotent-Replayed, Location, ' +
  'RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, X-Job-Id, X-Video-Id, ' +
  'Tus-Checksum-Algorithm, Tus-Extension, Tus-Max-Size, Tus-Resumable, Tus-Version, ' +
  'Upload-Concat, Upload-Defer-Length, Upload-Expires, Upload-Length, Upload-Metadata, Upload-Offset'
/** Seconds for which a browser may reuse the answer to a preflight. */
const MAX_AGE_SEC = 600

/**
 * Lets pages of listed origins, or of all, read the answers, and answers the preflights of their browsers. Credentials are never
 * allowed: a key is sent as a header, and there are no cookies. https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  const allowed = allowedOrigins(origins)
  return (req, res, next) => {
    if (!allowed.areNone && !allowed.areAll) res.vary('Origin')
    const { origin } = req.headers
    if (origin === undefined || !allowed.allows(origin)) {
      next()
      return
    }
    res.set('Access-Control-Allow-Origin', allowed.areAll ? '*' : origin)
    if (req.method !== 'OPTIONS' || req.headers['access-control-request-method'] === undefined) {
      res.set('Access-Control-Expose-Headers', ANSWER_HEADERS)
      next()
      return
    }
    res.set('Access-Control-Allow-Methods', METHODS).set('Access-Control-Allow-Headers', REQUEST_HEADERS)
    res.set('Access-Control-Max-Age', String(MAX_AGE_SEC)).status(204).end()
  }
}
