import { describe, expect, test } from 'vitest'
import { checkExposure, loadConfig } from '../src/config.js'

describe('without keys', () => {
  const check = (env: NodeJS.ProcessEnv) => () => checkExposure(loadConfig(env))

  test.each(['', '127.0.0.1', '127.0.1.1', 'localhost', '::1'])('HOST=%s is this machine', (HOST) => {
    expect(check({ HOST })).not.toThrow()
  })

  test.each(['0.0.0.0', '::', '192.168.1.10', 'video.example', '127.0.0.1.example', '127.1', '1127.0.0.1'])(
    'HOST=%s is refused without keys and allowed with them',
    (HOST) => {
      expect(check({ HOST })).toThrow(/Set AUTH=keys .* or HOST=127\.0\.0\.1/)
      expect(check({ HOST, AUTH: 'none' })).toThrow(`HOST=${HOST}`)
      expect(check({ HOST, AUTH: 'keys' })).not.toThrow()
    },
  )
})

test('access has its defaults and its settings', () => {
  expect(loadConfig({}).access).toEqual({ auth: 'none', linkSecret: null, linkTtlSec: 6 * 3600 })
  const secret = 's'.repeat(32)
  expect(loadConfig({ AUTH: 'keys', LINK_SECRET: secret, LINK_TTL_SEC: '60' }).access).toEqual({
    auth: 'keys',
    linkSecret: secret,
    linkTtlSec: 60,
  })
  expect(() => loadConfig({ AUTH: 'key', LINK_SECRET: 'short', LINK_TTL_SEC: '0' })).toThrow(
    /AUTH.*LINK_SECRET.*LINK_TTL_SEC/,
  )
})

test('HTTP has its defaults and its settings', () => {
  expect(loadConfig({}).http).toMatchObject({
    corsOrigins: [],
    trustedProxies: [],
    ratePerMinute: null,
    maxConnections: 2000,
  })
  expect(loadConfig({ AUTH: 'keys' }).http.ratePerMinute).toBe(6000)
  expect(loadConfig({ AUTH: 'keys', RATE_LIMIT_PER_MINUTE: '0' }).http.ratePerMinute).toBeNull()
  expect(loadConfig({ RATE_LIMIT_PER_MINUTE: '60' }).http.ratePerMinute).toBe(60)
  const lists = {
    CORS_ORIGINS: 'https://app.example, http://localhost:3000',
    TRUSTED_PROXIES: '10.0.0.1, 192.168.0.0/16,fd00::/8',
  }
  expect(loadConfig(lists).http).toMatchObject({
    corsOrigins: ['https://app.example', 'http://localhost:3000'],
    trustedProxies: ['10.0.0.1', '192.168.0.0/16', 'fd00::/8'],
  })
})

test.each([
  '*',
  'null',
  'app.example',
  'https://app.example/',
  'https://app.example/x',
  'https://APP.example',
])('%s is not an origin of a page', (CORS_ORIGINS) => {
  expect(() => loadConfig({ CORS_ORIGINS })).toThrow(/CORS_ORIGINS.* must be origins such as/)
})

test.each(['*', 'proxy.example', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/8/8', 'true'])(
  '%s is not a proxy',
  (TRUSTED_PROXIES) => {
    expect(() => loadConfig({ TRUSTED_PROXIES })).toThrow(/TRUSTED_PROXIES.* must be addresses or networks/)
  },
)
