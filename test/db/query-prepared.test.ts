import { DatabaseError } from 'sequelize'
import { expect, test } from 'vitest'
import { connectDatabase } from '../../src/db/database.js'
import { queryPrepared } from '../../src/db/query-prepared.js'
import { createTestDatabase } from '../support/database.js'

test('a prepared statement that PostgreSQL refuses does not make others fail', async () => {
  const testDatabase = await createTestDatabase()
  const { sequelize } = connectDatabase(testDatabase.url)
  const divide = (by: number) =>
    queryPrepared(sequelize, { name: 'divide', text: 'SELECT 6 / $1::int AS x' }, [by])
  await expect(divide(0)).rejects.toBeInstanceOf(DatabaseError)
  expect(await divide(3)).toEqual([{ x: 2 }])
  await sequelize.close()
  await testDatabase.drop()
})
