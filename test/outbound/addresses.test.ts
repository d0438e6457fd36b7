import { describe, expect, test } from 'vitest'
import { mayConnect, parseNetwork } from '../../src/outbound/addresses.js'

const REFUSED: readonly (readonly [what: string, ...addresses: string[]])[] = [
  ['unspecified', '0.0.0.0', '0.1.2.3', '::'],
  ['loopback', '127.0.0.1', '127.255.0.3', '::1'],
  ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd00::1', 'fc00::1'],
  ['link-local', '169.254.0.1', 'fe80::1'],
  ['metadata of clouds', '169.254.169.254', 'fd00:ec2::254', '100.100.100.200'],
  ['shared (CGNAT)', '100.64.0.1', '100.127.255.255'],
  ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1'],
  ['broadcast', '255.255.255.255'],
  ['reserved', '192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '240.0.0.1'],
  ['reserved IPv6', '2001:db8::1', '100::1', 'fec0::1', '5f00::1', '4000::1'],
  ['IPv4 in IPv6', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::127.0.0.1', '::7f00:1'],
  ['translated (NAT64)', '64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::1', '::ffff:0:127.0.0.1'],
  ['6to4 and Teredo', '2002:7f00:1::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  ['no address', '', 'localhost', '1.2.3.4.5', '::g'],
]

describe.each(REFUSED)('an address that is %s', (...[, ...addresses]) => {
  test.each(addresses)('is refused: %s', (address) => {
    expect(mayConnect(address, [])).toBe(false)
  })
})

test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
  'a public address may be connected to: %s',
  (address) => {
    expect(mayConnect(address, [])).toBe(true)
  },
)

test('what the operator allows may be connected to, in whatever way it is written', () => {
  const allowed = ['10.1.0.0/16', '192.168.1.7', 'fd12::/16'].map(parseNetwork)
  const inside = ['10.1.2.3', '::ffff:10.1.2.3', '192.168.1.7', 'fd12:3::4']
  expect(inside.map((address) => mayConnect(address, allowed))).toEqual([true, true, true, true])
  const outside = ['10.2.0.1', '192.168.1.8', 'fd13::1', '127.0.0.1']
  expect(outside.map((address) => mayConnect(address, allowed))).toEqual([false, false, false, false])
})
