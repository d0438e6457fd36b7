import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '../../errors.js'

/**
 * Without keys the API trusts whoever reaches its port, and on this machine that is any page in a browser, too. So
 * a page of another site may change nothing unless it is one of ours, and a site that has its name lead here (DNS rebinding) sees nothing.
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
    throw new AppError('other-site', 'Without API keys, pages of other sites may not do this: set AUTH=keys.')
  }
  if (headers.host === undefined || isAddress(headers.host)) return
  throw new AppError(
    'other-site',
    'Without API keys the API answers to localhost and to addresses, not to other names: set AUTH=keys.',
  )
}

/** `localhost`, or an IP address: names of others can be made to lead here, those cannot. */
function isAddress(host: string): boolean {
  const name = host.replace(/:\d*$/, '').toLowerCase()
  return name === 'localhost' || /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name)
}
