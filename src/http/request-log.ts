import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import type { Logger, SerializedRequest, SerializedResponse } from 'pino'
import { type HttpLogger, pinoHttp } from 'pino-http'
import { v7 as uuidv7 } from 'uuid'
import { withLogIds } from '../jobs/log-ids.js'
import { withoutGrant } from './access/links.js'

/** Logs one line for each request, without any header or body, so there is nothing to redact. */
export function requestLog(log: Logger): HttpLogger {
  return pinoHttp({
    logger: log,
    genReqId: (req, res) => {
      const id = requestId(req.headers['x-request-id'])
      res.setHeader('X-Request-Id', id)
      return id
    },
    autoLogging: { ignore: ({ url }) => url === '/health' || url === '/livez' },
    customLogLevel: logLevel,
    customSuccessMessage: (_req, res) => (res.writableFinished ? 'answered' : 'the client went away'),
    // Sets the id again, because the line may be written in another asynchronous context.
    customSuccessObject: nameLine,
    customErrorObject: (req, _res, _error, line: object) => nameLine(req, _res, line),
    serializers: {
      req: ({ id, method, url, remoteAddress, raw }: SerializedRequest) => ({
        id,
        method,
        url: pathOf(url),
        // The address as Express finds it, which is the client's even behind a trusted proxy.
        remoteAddress: 'ip' in raw ? raw.ip : remoteAddress,
      }),
      res: ({ statusCode }: SerializedResponse) => ({ statusCode }),
    },
  })
}

function nameLine({ id }: IncomingMessage, _res: ServerResponse, line: object): object {
  return { ...line, requestId: id }
}

/** Adds the id of the request to every line that is logged while it is handled. */
export const nameRequest: RequestHandler = ({ id }, _res, next) => {
  withLogIds(typeof id === 'string' ? { requestId: id } : {}, next)
}

/** The client's own id if it is safe to log, otherwise a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,128}$/.test(given) ? given : uuidv7()
}

function logLevel(_req: IncomingMessage, res: ServerResponse, error?: Error): 'error' | 'warn' | 'info' {
  if (!res.writableFinished) return 'info'
  if (res.statusCode === 503) return 'warn'
  return error !== undefined || res.statusCode >= 500 ? 'error' : 'info'
}

function pathOf(url: string): string {
  return withoutGrant(url.split('?', 1)[0] ?? '')
}
