import { createHash } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, type Options, rateLimit } from 'express-rate-limit'
import { AppError } from '../../errors.js'
import { bearerKey } from '../access/caller.js'
import type { Guard } from '../access/guard.js'
import { createWindowStore } from './window-store.js'

/**
 * So many requests a minute of one key, and so many of one address without a good key, by signed links and with bad
 * keys too: guessing is limited before the database is asked. Counted by each process for itself.
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function limitRate(perMinute: number, guard: Pick<Guard, 'hasGoodKey'>): RequestHandler[] {
  const byAddress = limiter(perMinute, {
    identifier: 'address',
    keyGenerator: ({ ip = '' }) => ipKeyGenerator(ip),
    // "Successful" are those that count for their key: taken off again once they are answered.
    skipSuccessfulRequests: true,
    requestWasSuccessful: (req) => guard.hasGoodKey(req),
  })
  const byKey = limiter(perMinute, {
    identifier: 'key',
    skip: (req) => bearerKey(req) === null,
    keyGenerator: hashOfKey,
  })
  return [byAddress, byKey]
}

const WINDOW_MS = 60_000

function limiter(perMinute: number, options: Partial<Options>): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    store: createWindowStore(WINDOW_MS),
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Its checks are for the set-up that we do not have, and write to the console.
    validate: false,
    handler: (_req, _res, next) =>
      next(new AppError('rate-limited', `Send ${perMinute} requests a minute at most.`)),
    ...options,
  })
}

/** The whole key: by its id alone, whoever knows that could use the limit up. */
function hashOfKey(req: Request): string {
  return createHash('sha256')
    .update(bearerKey(req) ?? '')
    .digest('base64url')
}
