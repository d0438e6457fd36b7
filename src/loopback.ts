import type { IncomingHttpHeaders } from 'node:http'

/**
 * Servers of this machine that trust whoever reaches their port are open to any page in a browser here, unless they
 * look at what the browser says of it.
 */

/** A name or an address of the loopback: other sites can make their own names resolve to it, but not these. */
export function isThisMachine(host: string): boolean {
  const name = host.replace(/:\d*$/, '').toLowerCase()
  return name === 'localhost' || /^127(\.\d{1,3}){3}$/.test(name) || name === '[::1]'
}

/** Browsers send `Origin` with every request that changes something, older ones no `Sec-Fetch-Site`. */
export function isOfOtherSite({ host, origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (site === 'cross-site' || site === 'same-site') return true
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase())
}

/** Whether there are several `Host` headers, of which a proxy and we could take different ones. */
export function hasSeveralHosts(rawHeaders: readonly string[]): boolean {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length > 1
}

export function isSafeMethod(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD'
}
