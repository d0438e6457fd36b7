import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { type ApiKey, newKey, parseKey, writeKey } from '../../../src/jobs/access/api-key.js'
import { authenticate } from '../../../src/jobs/access/authenticate.js'
import { createKey, revokeKey } from '../../../src/jobs/access/manage-keys.js'
import type { Owner } from '../../../src/jobs/model.js'
import type { ApiKeysRepository } from '../../../src/jobs/ports/repositories.js'
import { useWorld } from '../world.js'

const world = useWorld()
const ACME = 'acme' as Owner
const MINUTE_MS = 60_000
const NOW = new Date('2026-01-02T03:00:00.000Z')
const later = (ms: number) => new Date(NOW.getTime() + ms)

const keys = () => world().deps.repositories.apiKeys
const make = (expiresAt: Date | null = null) =>
  createKey(keys(), { owner: ACME, scopes: ['read'], expiresAt }, NOW)
const stored = async ({ id }: Pick<ApiKey, 'id'>) => keys().get(id)

test('a key tells its owner and its scopes', async () => {
  const { text, key } = await make()
  expect(await authenticate(world().deps, text, NOW)).toEqual({
    keyId: key.id,
    owner: ACME,
    scopes: ['read'],
  })
  expect(JSON.stringify(await stored(key))).not.toContain(parseKey(text)?.secret)
})

describe('a key is refused', () => {
  const refusal = (text: string, now = NOW) =>
    authenticate(world().deps, text, now).then(
      () => 'nothing',
      (error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : error),
    )
  const NONE = 'unauthenticated: The API key is unknown.'

  test('when it is no key, is unknown or has a wrong secret, always with the same message', async () => {
    const { key } = await make()
    for (const text of ['', 'x', writeKey(newKey()), writeKey({ id: key.id, secret: newKey().secret })]) {
      expect(await refusal(text)).toBe(NONE)
    }
    expect(await stored(key)).toMatchObject({ lastUsedAt: null })
  })

  test('when it has expired, and only its holder learns that', async () => {
    const { text, key } = await make(later(1000))
    expect(await refusal(text, later(999))).toBe('nothing')
    expect(await refusal(text, later(1000))).toMatch(/^unauthenticated: .* expired/)
    expect(await refusal(writeKey({ id: key.id, secret: newKey().secret }), later(1000))).toBe(NONE)
  })

  test('when it was revoked, by its id or by the key itself', async () => {
    for (const name of ['id', 'key'] as const) {
      const { text, key } = await make()
      expect(await refusal(text)).toBe('nothing')
      expect(await revokeKey(keys(), name === 'id' ? key.id : text, NOW)).toMatchObject({ revokedAt: NOW })
      expect(await refusal(text)).toMatch(/^unauthenticated: .* revoked/)
    }
    expect(await revokeKey(keys(), 'none')).toBeNull()
  })
})

test('a key that is revoked twice keeps the first time', async () => {
  const { key } = await make()
  await revokeKey(keys(), key.id, NOW)
  expect(await revokeKey(keys(), key.id, later(MINUTE_MS))).toMatchObject({ revokedAt: NOW })
})

describe('the time of the last use', () => {
  test('is noted once a minute', async () => {
    const { text, key } = await make()
    const useAt = async (ms: number) => {
      await authenticate(world().deps, text, later(ms))
      return (await stored(key))?.lastUsedAt
    }
    expect(await useAt(0)).toEqual(NOW)
    expect(await useAt(MINUTE_MS - 1)).toEqual(NOW)
    expect(await useAt(MINUTE_MS)).toEqual(later(MINUTE_MS))
  })

  test('does not cause a refusal when it cannot be noted', async () => {
    const { text } = await make()
    const { deps } = world()
    const apiKeys: ApiKeysRepository = {
      ...keys(),
      get: (id) => keys().get(id),
      noteUse: () => Promise.reject(new AppError('db-unavailable', 'PostgreSQL is not available')),
    }
    const repositories = { ...deps.repositories, apiKeys }
    expect(await authenticate({ ...deps, repositories }, text, NOW)).toMatchObject({ owner: ACME })
  })
})
