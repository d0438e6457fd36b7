import type { RequestHandler } from 'express'
import { AppError } from '../../errors.js'
import { hasSeveralHosts } from '../../loopback.js'

/**
 * Refuses a request with several `Host` headers, of which a proxy and we could take different ones
 * (https://www.rfc-editor.org/rfc/rfc9112#section-3.2).
 */
export const oneHost: RequestHandler = ({ rawHeaders }, _res, next) => {
  next(
    hasSeveralHosts(rawHeaders)
      ? new AppError('request-invalid', 'The request has several Host headers.')
      : undefined,
  )
}
