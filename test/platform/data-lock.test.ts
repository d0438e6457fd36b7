import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.js'
import { connectServices } from '../../src/platform/connect-services.js'
import { lockDataDir } from '../../src/platform/data-lock.js'
import { readPlatformFile, removePlatformFile, writePlatformFile } from '../../src/platform/platform-file.js'
import { readTools } from '../../src/platform/tools.js'
import { killParent, startParent, tempDir } from './support.js'

const INFO = {
  databaseUrl: 'postgres://cutroom:secret@127.0.0.1:5433/cutroom',
  temporalAddress: '127.0.0.1:7233',
  temporalUiUrl: 'http://127.0.0.1:8233',
  apiUrl: 'http://127.0.0.1:8000',
}

describe('the lock of the data folder', () => {
  test('refuses a second platform and names the running one', async () => {
    const dataDir = await tempDir()
    const unlock = await lockDataDir(dataDir)
    await expect(lockDataDir(dataDir)).rejects.toThrow(
      `Cutroom is already running on ${dataDir} (process ${process.pid})`,
    )
    await unlock()
    await (
      await lockDataDir(dataDir)
    )()
    expect(await readdir(dataDir)).toEqual([])
  })

  test('is taken from a process that was killed', async () => {
    const dataDir = await tempDir()
    const parent = await startParent(`
      import { lockDataDir } from './dist/src/platform/data-lock.js'
      await lockDataDir(${JSON.stringify(dataDir)})
      console.log('{}')
      setInterval(() => {}, 1000)
    `)
    await expect(lockDataDir(dataDir)).rejects.toThrow('is already running')
    await killParent(parent)
    await lockDataDir(dataDir)
  })

  test('is taken when its process id now belongs to another process', async () => {
    const dataDir = await tempDir()
    const owner = { pid: process.pid, birth: 'an earlier boot' }
    await writeFile(join(dataDir, 'platform.lock'), JSON.stringify(owner))
    await lockDataDir(dataDir)
  })

  test('goes to one of several processes that find a stale lock at the same time', async () => {
    const dataDir = await tempDir()
    await writeFile(join(dataDir, 'platform.lock'), 'half a lo')
    const code = `
      import { lockDataDir } from './dist/src/platform/data-lock.js'
      const won = await lockDataDir(${JSON.stringify(dataDir)}).then(() => true, () => false)
      console.log(JSON.stringify({ won }))
      setInterval(() => {}, 1000)
    `
    const parents = await Promise.all([1, 2, 3, 4].map(() => startParent(code)))
    expect(parents.filter(({ said }) => said['won'] === true)).toHaveLength(1)
  })
})

describe('the file of the running platform', () => {
  test('tells other processes of our user, and no other user, where the parts are', async () => {
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

  test('supplies what the environment does not name', async () => {
    const dataDir = await tempDir()
    await writePlatformFile(dataDir, INFO)
    expect(await connectServices(loadConfig({ DATA_DIR: dataDir }))).toEqual({
      databaseUrl: INFO.databaseUrl,
      temporalAddress: INFO.temporalAddress,
      temporalUiUrl: INFO.temporalUiUrl,
    })
    const elsewhere = { DATA_DIR: dataDir, TEMPORAL_ADDRESS: 'temporal:7233' }
    expect(await connectServices(loadConfig(elsewhere))).toEqual({
      databaseUrl: INFO.databaseUrl,
      temporalAddress: 'temporal:7233',
      temporalUiUrl: null,
    })
  })

  test('is named in the error when there is neither the file nor an address', async () => {
    const dataDir = await tempDir()
    await expect(connectServices(loadConfig({ DATA_DIR: dataDir }))).rejects.toThrow(
      /npm start, or set DATABASE_URL and TEMPORAL_ADDRESS/,
    )
  })
})

describe('the tools that set-up found', () => {
  test('are read from its file, which may be missing', async () => {
    const file = join(await tempDir(), 'tools.json')
    expect(readTools(file)).toEqual({ ffmpegPath: null, ffprobePath: null, temporalPath: null })
    await writeFile(
      file,
      JSON.stringify({ ffmpeg: '/a/ffmpeg', ffprobe: '/a/ffprobe', temporal: null, tried: {} }),
    )
    expect(readTools(file)).toEqual({
      ffmpegPath: '/a/ffmpeg',
      ffprobePath: '/a/ffprobe',
      temporalPath: null,
    })
    await writeFile(file, '{"ffmpeg": 7}')
    expect(() => readTools(file)).toThrow(/npm run setup/)
  })
})
