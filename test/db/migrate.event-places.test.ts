import { v7 as uuidv7 } from 'uuid'
import { expect, onTestFinished, test } from 'vitest'
import { createRepositories } from '../../src/db/create-repositories.js'
import { close, connectDatabase } from '../../src/db/database.js'
import { migrate } from '../../src/db/migrate.js'
import { MIGRATIONS } from '../../src/db/migrations/list.js'
import type { Owner } from '../../src/jobs/model.js'
import { createTestDatabase } from '../support/database.js'
import { selectAll } from './fixtures.js'

test('events from before places were given have them in the order of their ids, for each owner, and pings have none', async () => {
  const testDatabase = await createTestDatabase()
  onTestFinished(() => testDatabase.drop())
  const database = connectDatabase(testDatabase.url)
  onTestFinished(() => close(database))
  const before = MIGRATIONS.findIndex(({ name }) => name === '0017-event-places')
  await migrate(database, MIGRATIONS.slice(0, before))
  const add = async (owner: string, type: string) => {
    const id = uuidv7()
    await database.sequelize.query(
      "INSERT INTO events (id, owner, type, data) VALUES ($id, $owner, $type, '{}')",
      { bind: { id, owner, type } },
    )
    return id
  }
  await add('acme', 'job.started')
  await add('acme', 'ping')
  await add('bravo', 'job.started')
  const last = await add('acme', 'job.completed')

  await migrate(database)
  expect(await selectAll(database, 'SELECT owner, type, place FROM events ORDER BY owner, id')).toEqual([
    { owner: 'acme', type: 'job.started', place: '1' },
    { owner: 'acme', type: 'ping', place: null },
    { owner: 'acme', type: 'job.completed', place: '2' },
    { owner: 'bravo', type: 'job.started', place: '1' },
  ])
  const { events } = createRepositories(database)
  expect(await events.range('acme' as Owner)).toEqual({ lastPlace: 2, lastId: last, forgottenPlace: 0 })
  await add('acme', 'job.started')
  expect(await events.range('acme' as Owner)).toMatchObject({ lastPlace: 3 })
})
