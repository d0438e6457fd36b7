import { expect, test } from 'vitest'
import { checkDatabase, close, connectDatabase } from '../../src/db/database.js'
import { createTestDatabase } from '../support/database.js'

test('statements are logged when a log is given', async () => {
  const testDatabase = await createTestDatabase()
  const statements: string[] = []
  const database = connectDatabase(testDatabase.url, (sql) => statements.push(sql))
  await checkDatabase(database)
  expect(statements).toEqual([expect.stringContaining('SELECT 1')])
  await close(database)
  await testDatabase.drop()
})
