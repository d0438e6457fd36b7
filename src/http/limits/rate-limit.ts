import { createHash } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, type Options, rateLimit } from 'express-rate-limit'
import type { RateConfig } from '../../config.js'
import { AppError } from '../../errors.js'
import { bearerKey } from '../access/caller.js'
import type { Guard } from '../access/guard.js'
import type { RateBucket } from './rate-buckets.js'
import { createWindowStore } from './window-store.js'

/**
 * Limits the requests a minute of each key, and of each address those without a valid key: without a key, by signed
 * link, or with an invalid key, so that guessing is limited before the database is asked. Each bucket is counted for
 * itself, so that neither a burst of polls nor one of submissions stops the other. Each process counts for itself.
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function limitRates(
  rates: RateConfig,
  bucketOf: (req: Request) => RateBucket,
  guard: Pick<Guard, 'hasGoodKey'>,
): RequestHandler[] {
  return BUCKETS.flatMap((bucket) => {
    const perMinute = rates[bucket]
    if (perMinute === null) return []
    return limitBucket(bucket, perMinute, guard).map((limit): RequestHandler => (req, res, next) => {
      if (bucketOf(req) === bucket) limit(req, res, next)
      else next()
    })
  })
}

const BUCKETS: readonly RateBucket[] = ['submits', 'uploads', 'previews', 'requests']

function limitBucket(
  bucket: RateBucket,
  perMinute: number,
  guard: Pick<Guard, 'hasGoodKey'>,
): RequestHandler[] {
  // The names of the policies in the answers' headers.
  const suffix = bucket === 'requests' ? '' : `-${bucket}`
  const byAddress = limiter(bucket, perMinute, {
    identifier: `address${suffix}`,
    keyGenerator: ({ ip = '' }) => ipKeyGenerator(ip),
    // Requests with a valid key count for the key, so they are taken off the address when they are answered.
    skipSuccessfulRequests: true,
    requestWasSuccessful: (req) => guard.hasGoodKey(req),
  })
  const byKey = limiter(bucket, perMinute, {
    identifier: `key${suffix}`,
    skip: (req) => bearerKey(req) === null,
    keyGenerator: hashOfKey,
  })
  return [byAddress, byKey]
}

const WINDOW_MS = 60_000

function limiter(bucket: RateBucket, perMinute: number, options: Partial<Options>): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    store: createWindowStore(WINDOW_MS),
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // The library's checks are for other set-ups, and they write to the console.
    validate: false,
    handler: (_req, _res, next) =>
      next(
        new AppError(
          'rate-limited',
          `At most ${perMinute} ${bucket} a minute are allowed. Try again after the time in Retry-After.`,
        ),
      ),
    ...options,
  })
}

/** Of the whole key: by its id alone, anyone who knows the id could use up the limit. */
function hashOfKey(req: Request): string {
  return createHash('sha256')
    .update(bearerKey(req) ?? '')
    .digest('base64url')
}
