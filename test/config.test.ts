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
    rates: { requests: null, submits: null, uploads: null, previews: null },
    maxConnections: 2000,
  })
  const lists = {
    CORS_ORIGINS: 'https://app.example, http://localhost:3000',
    TRUSTED_PROXIES: '10.0.0.1, 192.168.0.0/16,fd00::/8',
  }
  expect(loadConfig(lists).http).toMatchObject({
    corsOrigins: ['https://app.example', 'http://localhost:3000'],
    trustedProxies: ['10.0.0.1', '192.168.0.0/16', 'fd00::/8'],
  })
})

describe('rates', () => {
  const ratesOf = (env: NodeJS.ProcessEnv) => loadConfig(env).http.rates

  test('have limits where keys are required, and none without keys', () => {
    expect(ratesOf({ AUTH: 'keys' })).toEqual({ requests: 6000, submits: 600, uploads: 300, previews: 600 })
    expect(ratesOf({})).toEqual({ requests: null, submits: null, uploads: null, previews: null })
  })

  test('of submits, uploads and previews are no higher than that of all others, unless they are set', () => {
    expect(ratesOf({ RATE_LIMIT_PER_MINUTE: '60' })).toEqual({
      requests: 60,
      submits: 60,
      uploads: 60,
      previews: 60,
    })
    const env = {
      AUTH: 'keys',
      RATE_LIMIT_PER_MINUTE: '60',
      SUBMITS_PER_MINUTE: '90',
      UPLOADS_PER_MINUTE: '0',
    }
    expect(ratesOf(env)).toEqual({ requests: 60, submits: 90, uploads: null, previews: 60 })
  })

  test('can be taken away', () => {
    const env = { AUTH: 'keys', RATE_LIMIT_PER_MINUTE: '0' }
    expect(ratesOf(env)).toEqual({ requests: null, submits: null, uploads: null, previews: null })
    expect(ratesOf({ ...env, SUBMITS_PER_MINUTE: '5' })).toEqual({
      requests: null,
      submits: 5,
      uploads: null,
      previews: null,
    })
  })
})

test('quotas of owners have their defaults and their settings', () => {
  const { quotas } = loadConfig({ AUTH: 'keys' })
  const unlimited = { runningPasses: null, storedBytes: null, sentBytesPerDay: null }
  expect(quotas).toEqual({ ...unlimited, queuedJobs: 1000, eventStreams: 200, openUploads: 32 })
  expect(loadConfig({}).quotas).toEqual({
    ...unlimited,
    ...{ queuedJobs: null, eventStreams: null, openUploads: 32 },
  })
  const set = {
    OWNER_MAX_QUEUED_JOBS: '5',
    OWNER_MAX_RUNNING_PASSES: '4',
    OWNER_MAX_STORED_BYTES: '6',
    OWNER_MAX_SENT_BYTES_PER_DAY: '7',
    OWNER_MAX_EVENT_STREAMS: '8',
    OWNER_MAX_UPLOADS: '9',
  }
  expect(loadConfig(set).quotas).toEqual({
    ...{
      queuedJobs: 5,
      runningPasses: 4,
      storedBytes: 6,
      sentBytesPerDay: 7,
      eventStreams: 8,
      openUploads: 9,
    },
  })
  expect(loadConfig({ AUTH: 'keys', OWNER_MAX_QUEUED_JOBS: '0' }).quotas.queuedJobs).toBeNull()
  expect(() => loadConfig({ OWNER_MAX_STORED_BYTES: '-1', OWNER_MAX_UPLOADS: 'x' })).toThrow(
    /OWNER_MAX_STORED_BYTES.*OWNER_MAX_UPLOADS/,
  )
})

test('addresses that may be called are a list of addresses and networks', () => {
  expect(loadConfig({}).outbound.allow).toEqual([])
  const { outbound } = loadConfig({ OUTBOUND_ALLOW: '10.0.0.0/8, ::1' })
  expect(outbound.allow).toEqual(['10.0.0.0/8', '::1'])
  expect(() => loadConfig({ OUTBOUND_ALLOW: 'example.org' })).toThrow(/OUTBOUND_ALLOW/)
})

test('pages of every origin are allowed by *', () => {
  expect(loadConfig({ CORS_ORIGINS: '*' }).http.corsOrigins).toEqual(['*'])
})

test.each([
  'https://*.example',
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
