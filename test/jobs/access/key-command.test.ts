import { describe, expect, test } from 'vitest'
import { parseKeyCommand, writeKeyTable } from '../../../src/jobs/access/key-command.js'
import type { Owner } from '../../../src/jobs/model.js'
import { makeKey } from '../../support/records.js'

const DAY_MS = 86_400_000
const parse = (line: string) => parseKeyCommand(line.split(' ').filter((word) => word !== ''))

describe('create', () => {
  test('has restrictive defaults', () => {
    expect(parse('create --owner acme')).toEqual({
      name: 'create',
      owner: 'acme',
      scopes: ['read', 'write'],
      lifetimeMs: 90 * DAY_MS,
    })
  })

  test.each([
    ['12h', DAY_MS / 2],
    ['1d', DAY_MS],
    ['4w', 28 * DAY_MS],
    ['never', null],
  ])('accepts --expires %s', (text, lifetimeMs) => {
    expect(parse(`create --owner=acme --scopes admin,read,read --expires ${text}`)).toEqual({
      name: 'create',
      owner: 'acme',
      scopes: ['admin', 'read'],
      lifetimeMs,
    })
  })
})

test('the commands list and revoke are read', () => {
  expect(parse('list')).toEqual({ name: 'list' })
  expect(parse('revoke 0123456789abcdef')).toEqual({ name: 'revoke', idOrKey: '0123456789abcdef' })
})

test.each([
  ['', /No command/],
  ['make', /Unknown command "make"/],
  ['create', /--owner is required/],
  ['create --owner Acme', /--owner: up to 64 lower-case letters/],
  ['create --owner a/b', /--owner: up to 64 lower-case letters/],
  ['create --owner acme --scopes read,root', /--scopes: one or more of read, write, admin/],
  ['create --owner acme --scopes ,', /--scopes: one or more of/],
  ['create --owner acme --expires 0d', /--expires: hours, days or weeks/],
  ['create --owner acme --expires 90', /--expires: hours, days or weeks/],
  ['create --owner acme --expires 1y', /--expires: hours, days or weeks/],
  ['create --owner acme --force', /--force/],
  ['create acme', /acme/],
  ['list all', /all/],
  ['revoke', /the id of one key/],
  ['revoke a b', /the id of one key/],
])('the command %j is refused', (line, message) => {
  expect(() => parse(line)).toThrow(message)
})

test('the table of keys has one line per key, with its state', () => {
  const now = new Date('2026-01-02T12:00:00Z')
  const acme = 'acme' as Owner
  const keys = [
    makeKey({ id: 'a'.repeat(16), owner: acme, lastUsedAt: now }),
    makeKey({ id: 'b'.repeat(16), owner: acme, scopes: ['admin'], expiresAt: now }),
    makeKey({ id: 'c'.repeat(16), owner: acme, revokedAt: now }),
  ]
  expect(writeKeyTable(keys, now).split('\n')).toEqual([
    'ID                OWNER  SCOPES      STATE    CREATED            EXPIRES            LAST USED',
    'aaaaaaaaaaaaaaaa  acme   read,write  active   2026-01-02T03:04Z  never              2026-01-02T12:00Z',
    'bbbbbbbbbbbbbbbb  acme   admin       expired  2026-01-02T03:04Z  2026-01-02T12:00Z  never',
    'cccccccccccccccc  acme   read,write  revoked  2026-01-02T03:04Z  never              never',
  ])
})
