import dns from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, type Dispatcher } from 'undici'
import { mayConnect, type Network } from './addresses.js'

/** The address of a URL, or all addresses of its name, are not among those that may be connected to. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError'
}

const CONNECT_TIMEOUT_MS = 10_000
const MAX_HEADER_BYTES = 16 * 1024

/** In the form of `dns.lookup` that asks for all addresses. */
export type LookupAll = (
  hostname: string,
  options: dns.LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void,
) => void

/**
 * Connects to what users name. A name is resolved once for each connection, and that connection goes to the very
 * addresses that were judged, so that a name server that answers differently a moment later gains nothing. Every request
 * passes, also one that a redirect leads to. Proxies of the environment are not used.
 * @param lookup stands in for the name servers of the system in tests
 */
export function createGuardedAgent(allowed: readonly Network[], lookup: LookupAll = dns.lookup): Dispatcher {
  const agent = new Agent({
    connect: { lookup: guardedLookup(allowed, lookup), timeout: CONNECT_TIMEOUT_MS },
    maxHeaderSize: MAX_HEADER_BYTES,
  })
  return agent.compose((dispatch) => (options, handler) => {
    requireAddress(options.origin, allowed)
    return dispatch(options, handler)
  })
}

/** Addresses in place of names are never looked up. @throws AddressRefusedError */
function requireAddress(origin: Dispatcher.DispatchOptions['origin'], allowed: readonly Network[]): void {
  const host = addressIn(new URL(String(origin)))
  if (host === null || mayConnect(host, allowed)) return
  throw new AddressRefusedError(`${host} is not an address that the server may connect to`)
}

/** The address that stands in a URL in place of a name; null: a name. */
export function addressIn({ hostname }: URL): string | null {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(host) === 0 ? null : host
}

function guardedLookup(allowed: readonly Network[], lookup: LookupAll): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, '')
        return
      }
      const addresses = found.filter(({ address }) => mayConnect(address, allowed))
      const [first] = addresses
      if (!first) {
        callback(new AddressRefusedError(`${hostname} has no address that the server may connect to`), '')
      } else if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}
