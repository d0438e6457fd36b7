import { type RequestHandler, Router } from 'express'
import { AppError } from '../errors.js'
import { sendReply } from './reply/send-reply.js'
import type { AppContext, Route } from './route.js'

/** Makes an Express router of the routes, with 405 for other methods and 404 for other paths. */
export function createRouter(routes: readonly Route[], app: AppContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  for (const route of routes) router[route.method](expressPath(route.path), serve(route, app))
  for (const [path, methods] of methodsByPath(routes)) {
    const options = routes.find((route) => route.path === path)?.options?.(app.config) ?? {}
    router.all(expressPath(path), refuseMethod(methods, options))
  }
  router.use((req) => {
    throw new AppError(
      'route-not-found',
      `There is no route for ${req.method} at this path. GET /openapi.json lists all routes.`,
    )
  })
  return router
}

/** Turns `/videos/{id}` into the syntax of Express, `/videos/:id`. */
function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

function serve(route: Route, app: AppContext): RequestHandler {
  return async (req, res) => {
    const reply = await route.respond({ req, res, app })
    await sendReply({ req, res }, reply)
  }
}

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const methods = new Map<string, string[]>()
  for (const { path, method } of routes) {
    const names = method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]
    methods.set(path, [...(methods.get(path) ?? []), ...names])
  }
  return methods
}

function refuseMethod(methods: readonly string[], options: Readonly<Record<string, string>>): RequestHandler {
  const allow = [...methods, 'OPTIONS'].join(', ')
  return (req, res) => {
    res.set('Allow', allow)
    if (req.method !== 'OPTIONS') throw new AppError('method-not-allowed', `The path supports ${allow} only.`)
    res.set(options).status(204).end()
  }
}
