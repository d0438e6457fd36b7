import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '../../errors.js'
import { isOfOtherSite, isSafeMethod, isThisMachine } from '../../loopback.js'
import type { AllowedOrigins } from './allowed-origins.js'

/**
 * Without keys the API trusts anyone who reaches its port, and on this machine that includes any page in a browser. So
 * a page of another site may change nothing unless its origin is listed, and requests to a host name of another site
 * that resolves to this machine (DNS rebinding) are refused.
 * @throws AppError `other-site`
 */
export function refuseOtherSites(
  { method, headers }: { readonly method: string; readonly headers: IncomingHttpHeaders },
  origins: Pick<AllowedOrigins, 'allows'>,
): void {
  if (!isSafeMethod(method) && !origins.allows(headers.origin) && isOfOtherSite(headers)) {
    throw new AppError(
      'other-site',
      'Without API keys, pages of other sites may not do this. Set AUTH=keys, or list the site in CORS_ORIGINS.',
    )
  }
  if (headers.host === undefined || isThisMachine(headers.host)) return
  throw new AppError(
    'other-site',
    'Without API keys the API can be reached as localhost, 127.0.0.1 or [::1] only. Set AUTH=keys to use other names.',
  )
}
