import { setMaxListeners } from 'node:events'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { HttpConfig } from '../config.js'
import type { UseCases } from '../jobs/use-cases.js'
import { allowOrigins } from './access/cors.js'
import { type AccessParts, createGuard } from './access/guard.js'
import { oneHost } from './access/one-host.js'
import type { CheckBody } from './body/body-task.js'
import type { EachWindow } from './limits/each-window.js'
import { bucketFinder } from './limits/rate-buckets.js'
import { limitRates } from './limits/rate-limit.js'
import { cutSlowBodies } from './limits/slow-bodies.js'
import { sendProblem, STATUS } from './reply/problem.js'
import { securityHeaders } from './reply/security-headers.js'
import { nameRequest, requestLog } from './request-log.js'
import { createRouter } from './router.js'
import { routes } from './routes/index.js'
import { overrideMethod } from './tus/override-method.js'

export interface AppParts {
  readonly useCases: UseCases
  readonly checkBody: CheckBody
  readonly config: HttpConfig
  readonly access: AccessParts
  readonly log: Logger
  /** See AppContext. Without it, open streams end only when the server closes their connections. */
  readonly stopping?: AbortSignal
  /** Timer for the minimum upload speed; tests end its windows by hand. */
  readonly eachWindow?: EachWindow
}

export function createApp({
  useCases,
  checkBody,
  config,
  access,
  log,
  stopping = new AbortController().signal,
  eachWindow,
}: AppParts): Express {
  // Each open stream adds a listener, so many listeners are not a leak.
  setMaxListeners(0, stopping)
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.set('trust proxy', config.trustedProxies.length > 0 ? [...config.trustedProxies] : false)
  app.use(requestLog(log))
  app.use(nameRequest)
  app.use(oneHost)
  app.use(securityHeaders())
  app.use(ignoreCacheControl)
  app.use(allowOrigins(config.corsOrigins))
  app.use(overrideMethod)
  const guard = createGuard(access, { useCases, corsOrigins: config.corsOrigins })
  for (const limit of limitRates(config.rates, bucketFinder(routes), guard)) app.use(limit)
  app.use(cutSlowBodies(eachWindow))
  app.use(guard.openLinks)
  app.use(createRouter(routes, { useCases, checkBody, config, guard, stopping }))
  app.use(answerProblem)
  return app
}

/**
 * Drops the request's `Cache-Control`, which is meant for caches. Browsers' fetch adds it to every request that has
 * `If-None-Match`, and Express would then never answer 304.
 */
const ignoreCacheControl: RequestHandler = (req, _res, next) => {
  delete req.headers['cache-control']
  next()
}

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express recognises an error handler by its four parameters
const answerProblem: ErrorRequestHandler = (error: unknown, req, res, _next) => {
  const problem = sendProblem(req, res, error)
  // pino-http logs this error in the line of the request.
  if (STATUS[problem.code] >= 500) res.err = problem
}
