import { setMaxListeners } from 'node:events'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { HttpConfig } from '../config.js'
import type { UseCases } from '../jobs/use-cases.js'
import { allowOrigins } from './access/cors.js'
import { type AccessParts, createGuard } from './access/guard.js'
import type { EachWindow } from './limits/each-window.js'
import { limitRate } from './limits/rate-limit.js'
import { cutSlowBodies } from './limits/slow-bodies.js'
import { sendProblem, STATUS } from './reply/problem.js'
import { securityHeaders } from './reply/security-headers.js'
import { nameRequest, requestLog } from './request-log.js'
import { createRouter } from './router.js'
import { routes } from './routes/index.js'

export interface AppParts {
  readonly useCases: UseCases
  readonly config: HttpConfig
  readonly access: AccessParts
  readonly log: Logger
  /** See AppContext; without one the app runs until its server cuts it off. */
  readonly stopping?: AbortSignal
  /** In which a body has to move; tests end it by hand. */
  readonly eachWindow?: EachWindow
}

export function createApp({
  useCases,
  config,
  access,
  log,
  stopping = new AbortController().signal,
  eachWindow,
}: AppParts): Express {
  // Each open stream listens: many are no leak.
  setMaxListeners(0, stopping)
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.set('trust proxy', config.trustedProxies.length > 0 ? [...config.trustedProxies] : false)
  app.use(requestLog(log))
  app.use(nameRequest)
  app.use(securityHeaders())
  app.use(ignoreCacheControl)
  app.use(allowOrigins(config.corsOrigins))
  const guard = createGuard(access, { useCases, corsOrigins: config.corsOrigins })
  if (config.ratePerMinute !== null) app.use(limitRate(config.ratePerMinute, guard))
  app.use(cutSlowBodies(eachWindow))
  app.use(guard.openLinks)
  app.use(createRouter(routes, { useCases, config, guard, stopping }))
  app.use(answerProblem)
  return app
}

/**
 * What a request asks of caches is not for us: with it, Express would answer `If-None-Match` in full, and
 * browsers' fetch adds it to every request that has that header.
 */
const ignoreCacheControl: RequestHandler = (req, _res, next) => {
  delete req.headers['cache-control']
  next()
}

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express knows an error handler by its four parameters
const answerProblem: ErrorRequestHandler = (error: unknown, req, res, _next) => {
  const problem = sendProblem(req, res, error)
  // pino-http puts this into the request's own line.
  if (STATUS[problem.code] >= 500) res.err = problem
}
