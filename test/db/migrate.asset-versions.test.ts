import { v7 as uuidv7 } from 'uuid'
import { expect, onTestFinished, test } from 'vitest'
import { createRepositories } from '../../src/db/create-repositories.js'
import { close, connectDatabase } from '../../src/db/database.js'
import { migrate } from '../../src/db/migrate.js'
import { MIGRATIONS } from '../../src/db/migrations/list.js'
import { type JobId, LOCAL_OWNER, type Owner } from '../../src/jobs/model.js'
import { createTestDatabase } from '../support/database.js'
import { FACTS } from '../support/records.js'

test('assets and jobs of an older version keep each other', async () => {
  const testDatabase = await createTestDatabase()
  onTestFinished(() => testDatabase.drop())
  const database = connectDatabase(testDatabase.url)
  onTestFinished(() => close(database))
  const before = MIGRATIONS.findIndex(({ name }) => name === '0013-asset-versions')
  await migrate(database, MIGRATIONS.slice(0, before))
  const run = (sql: string, bind: Record<string, unknown>) => database.sequelize.query(sql, { bind })
  for (const [owner, name] of [
    ['local', 'logo.png'],
    ['local', 'other.png'],
    ['acme', 'logo.png'],
  ]) {
    const path = owner === 'local' ? `assets/${name}` : `assets/@${owner}/${name}`
    await run(
      `INSERT INTO assets (owner, name, kind, file_path, file_size, sha256, mime_type, facts)
       VALUES ($owner, $name, 'image', $path, 3, 'c', 'image/png', $facts)`,
      { owner, name, path, facts: JSON.stringify(FACTS) },
    )
  }
  const [videoId, jobId] = [uuidv7(), uuidv7()]
  await run(
    `INSERT INTO videos (id, owner, filename, original_filename, file_path, file_size, sha256, mime_type, facts)
     VALUES ($videoId, 'local', 'a.mp4', 'a.mp4', 'uploads/a.mp4', 1, 'a', 'video/mp4', $facts)`,
    { videoId, facts: JSON.stringify(FACTS) },
  )
  await run(
    `INSERT INTO jobs (id, owner, video_id, job_type, status, config, metadata, asset_names, workflow_id, priority)
     VALUES ($jobId, 'local', $videoId, 'edit', 'failed', '{}', '{}', $names, 'edit-a', 3)`,
    { jobId, videoId, names: ['logo.png', 'gone.png'] },
  )

  await migrate(database)
  const { assets, jobs } = createRepositories(database)
  const logo = await assets.get(LOCAL_OWNER, 'logo.png')
  expect(logo).toMatchObject({ filePath: 'assets/logo.png', fileSize: 3, placedAt: null })
  expect(await assets.get('acme' as Owner, 'logo.png')).toMatchObject({ filePath: 'assets/@acme/logo.png' })
  expect((await assets.list(LOCAL_OWNER)).map(({ name }) => name)).toEqual(['logo.png', 'other.png'])
  expect((await jobs.getById(jobId as JobId))?.assetIds).toEqual([logo?.id])
})
