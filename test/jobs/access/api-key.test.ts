import { describe, expect, test } from 'vitest'
import {
  covers,
  hashSecret,
  hasSecret,
  isOwner,
  keyState,
  newKey,
  parseKey,
  SCOPES,
  writeKey,
} from '../../../src/jobs/access/api-key.js'
import { makeKey } from '../../support/records.js'

const SECRET = 'A'.repeat(43)

describe('a key', () => {
  test('has 256 random bits of secret, and is read as it was written', () => {
    const keys = Array.from({ length: 50 }, newKey)
    for (const key of keys) {
      expect(Buffer.from(key.secret, 'base64url')).toHaveLength(32)
      expect(parseKey(writeKey(key))).toEqual(key)
    }
    expect(new Set(keys.flatMap(({ id, secret }) => [id, secret])).size).toBe(100)
  })

  test('with "_" and "-" in its secret is read whole', () => {
    const secret = `_-_${'a'.repeat(37)}_-_`
    expect(parseKey(`cut_0123456789abcdef_${secret}`)).toEqual({ id: '0123456789abcdef', secret })
  })

  test.each([
    '',
    'cut_',
    `cut_0123456789abcdef${SECRET}`,
    `cut_0123456789abcde_${SECRET}`,
    `cut_0123456789ABCDEF_${SECRET}`,
    `cut_0123456789abcdef_${SECRET}A`,
    `cut_0123456789abcdef_${SECRET.slice(1)}`,
    `cut_0123456789abcdef_${SECRET.slice(1)}=`,
    `cut_0123456789abcdef_${SECRET}\n`,
    ` cut_0123456789abcdef_${SECRET}`,
    `CUT_0123456789abcdef_${SECRET}`,
  ])('is not %j', (text) => {
    expect(parseKey(text)).toBeNull()
  })
})

test('a secret is stored as its SHA-256, which recognises it', () => {
  const key = makeKey({ secretHash: hashSecret('abc') })
  // FIPS 180-2, B.1.
  expect(key.secretHash).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(hasSecret(key, 'abc')).toBe(true)
  for (const other of ['abd', 'ABC', '', 'abc ']) expect(hasSecret(key, other)).toBe(false)
  expect(hasSecret({ secretHash: '' }, 'abc')).toBe(false)
})

test('a key is active until the moment it expires, and never after it was revoked', () => {
  const at = (text: string) => new Date(`2026-01-02T${text}Z`)
  const key = makeKey({ expiresAt: at('12:00:00.000') })
  expect(keyState(key, at('11:59:59.999'))).toBe('active')
  expect(keyState(key, at('12:00:00.000'))).toBe('expired')
  expect(keyState({ ...key, revokedAt: at('11:00:00.000') }, at('11:00:00.000'))).toBe('revoked')
  expect(keyState(makeKey(), at('12:00:00.000'))).toBe('active')
})

test('a scope covers itself, and admin covers all', () => {
  for (const needed of SCOPES) {
    expect(covers([needed], needed)).toBe(true)
    expect(covers(['admin'], needed)).toBe(true)
    expect(covers([], needed)).toBe(false)
  }
  expect(covers(['read'], 'write')).toBe(false)
  expect(covers(['write'], 'read')).toBe(false)
  expect(covers(['read', 'write'], 'admin')).toBe(false)
})

test('an owner is a name that is safe in paths and links', () => {
  for (const name of ['local', 'acme', 'a', '7up', 'acme_de-2', 'a'.repeat(64)])
    expect(isOwner(name)).toBe(true)
  for (const name of ['', '-a', '_a', '@a', 'A', 'a.b', 'a/b', '..', 'a\n', 'ä', 'a'.repeat(65)]) {
    expect(isOwner(name), name).toBe(false)
  }
})
