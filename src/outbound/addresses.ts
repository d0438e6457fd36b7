import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** An address, or a network as `10.0.0.0/8`. */
export type Network = readonly [network: Address, bits: number]

/** The only IPv6 networks that are public: all others are local, reserved, or stand for IPv4 addresses. */
const GLOBAL_UNICAST: Network = [ipaddr.parse('2000::'), 3]

/** @throws Error for what is neither an address nor a network; the settings are checked before */
export function parseNetwork(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.parse(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/**
 * Whether the server may connect to an address: a public one, or one that the operator allows. Not public are private,
 * loopback, link-local (with the metadata of clouds), shared, multicast and reserved addresses, and those that a
 * translator turns into any other (NAT64, 6to4, Teredo).
 */
export function mayConnect(text: string, allowed: readonly Network[]): boolean {
  if (!ipaddr.isValid(text)) return false
  // An IPv4 address that is written as IPv6 is connected to as IPv4.
  const address = ipaddr.process(text)
  if (allowed.some((network) => isWithin(address, network))) return true
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || isWithin(address, GLOBAL_UNICAST)
}

function isWithin(address: Address, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits)
}
