import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lockDataDir } from '../../src/platform/data-lock.js'
import { killParent, startParent, tempDir } from './support.js'

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
