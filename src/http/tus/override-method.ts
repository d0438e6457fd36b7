import type { RequestHandler } from 'express'

const FOLDER = '/uploads/resumable/'
const METHODS: ReadonlySet<string> = new Set(['PATCH', 'DELETE'])

/** For clients that can send no PATCH, as the tus protocol asks: a POST that says what it means. Before all routes. */
export const overrideMethod: RequestHandler = (req, _res, next) => {
  const meant = req.headers['x-http-method-override']
  if (
    req.method === 'POST' &&
    typeof meant === 'string' &&
    METHODS.has(meant) &&
    req.path.startsWith(FOLDER)
  ) {
    req.method = meant
  }
  next()
}
