import { expect, test } from 'vitest'
import type { Owner } from '../../../src/jobs/model.js'
import { makeKey } from '../../support/records.js'
import { useDatabase } from '../fixtures.js'

const { database, repositories } = useDatabase()
const at = (minute: number) => new Date(Date.UTC(2026, 0, 2, 3, minute))

test('a key is stored unchanged, and listed by owner and age', async () => {
  const { apiKeys } = repositories()
  const [young, old, other] = [
    makeKey({ owner: 'b' as Owner, createdAt: at(2), scopes: ['admin'], expiresAt: at(9) }),
    makeKey({ owner: 'b' as Owner, createdAt: at(1) }),
    makeKey({ owner: 'a' as Owner, createdAt: at(3), revokedAt: at(4), lastUsedAt: at(3) }),
  ]
  for (const key of [young, old, other]) await apiKeys.insert(key)
  expect(await apiKeys.get(young.id)).toEqual(young)
  expect(await apiKeys.get('none')).toBeNull()
  expect(await apiKeys.list()).toEqual([other, old, young])
})

test('one of many uses at the same moment is noted, and the time never goes back', async () => {
  const { apiKeys } = repositories()
  const key = makeKey()
  await apiKeys.insert(key)
  await Promise.all([5, 5, 5, 5].map((minute) => apiKeys.noteUse(key.id, at(minute), at(minute - 1))))
  await apiKeys.noteUse(key.id, at(4), at(3))
  expect((await apiKeys.get(key.id))?.lastUsedAt).toEqual(at(5))
  await apiKeys.noteUse(key.id, at(6), at(5))
  expect((await apiKeys.get(key.id))?.lastUsedAt).toEqual(at(6))
})

test.each([
  ['scopes', "'{}'"],
  ['scopes', "'{read,root}'"],
  ['secret_hash', "'no hash'"],
])('the schema refuses %s = %s', async (column, value) => {
  const key = makeKey()
  await repositories().apiKeys.insert(key)
  const update = database().sequelize.query(`UPDATE api_keys SET ${column} = ${value} WHERE id = $id`, {
    bind: { id: key.id },
  })
  await expect(update).rejects.toThrow('violates check constraint')
})
