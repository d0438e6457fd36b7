import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '../../errors.js'

/**
 * Without keys the API trusts anyone who reaches its port, and on this machine that includes any page in a browser. So
 * a page of another site may change nothing unless its origin is listed, and requests to a host name of another site
 * that resolves to this machine (DNS rebinding) are refused.
 * @throws AppError `other-site`
 */
export function refuseOtherSites(
  { method, headers }: { readonly method: string; readonly headers: IncomingHttpHeaders },
  origins: ReadonlySet<string>,
): void {
  const isSafe = method === 'GET' || method === 'HEAD'
  const site = headers['sec-fetch-site']
  const isOurs = headers.origin !== undefined && origins.has(headers.origin)
  if (!isSafe && !isOurs && (site === 'cross-site' || site === 'same-site')) {
    throw new AppError(
      'other-site',
      'Without API keys, pages of other sites may not do this. Set AUTH=keys, or list the site in CORS_ORIGINS.',
    )
  }
  if (headers.host === undefined || isAddress(headers.host)) return
  throw new AppError(
    'other-site',
    'Without API keys the API can be reached as localhost or by IP address only. Set AUTH=keys to use other names.',
  )
}

/** `localhost` or an IP address: other sites can make their own names resolve to this machine, but not these. */
function isAddress(host: string): boolean {
  const name = host.replace(/:\d*$/, '').toLowerCase()
  return name === 'localhost' || /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name)
}
