import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPlatformFile, removePlatformFile, writePlatformFile } from '../../src/platform/platform-file.js'
import { tempDir } from './support.js'

const INFO = {
  databaseUrl: 'postgres://cutroom:secret@127.0.0.1:5433/cutroom',
  temporalAddress: '127.0.0.1:7233',
  temporalUiUrl: 'http://127.0.0.1:8233',
  apiUrl: 'http://127.0.0.1:8000',
}

describe('the file of the running platform', () => {
  test('tells other processes of our user, and no others, where the parts are', async () => {
    const dataDir = await tempDir()
    await writePlatformFile(dataDir, INFO)
    expect(await readPlatformFile(dataDir)).toEqual(INFO)
    expect((await stat(join(dataDir, 'platform.json'))).mode & 0o777).toBe(0o600)
    await removePlatformFile(dataDir)
    expect(await readPlatformFile(dataDir)).toBeNull()
  })

  test('is ignored once its process is gone', async () => {
    const dataDir = await tempDir()
    await writePlatformFile(dataDir, INFO)
    const file = join(dataDir, 'platform.json')
    const content = (await readFile(file, 'utf8')).replace(/"birth": "[^"]*"/, '"birth": "before"')
    await writeFile(file, content)
    expect(await readPlatformFile(dataDir)).toBeNull()
  })
})
