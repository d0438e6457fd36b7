import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HOSTILE_KEYS, type StorageUnderTest } from './storage-under-test.js'

/** What the workspaces of every Storage must do. Part of describeStorage. */
export function describeWorkspaces(subject: () => StorageUnderTest): void {
  describe('workspaces', () => {
    test('are folders that stay until they are removed, with all in them', async () => {
      const { storage } = subject()
      const dir = await storage.workspace('job-1')
      await writeFile(join(dir, 'part'), 'x')
      expect(await storage.workspace('job-1')).toBe(dir)
      expect(await readdir(await storage.workspace('job-1'))).toEqual(['part'])
      await storage.removeWorkspace('job-1')
      await expect(stat(dir)).rejects.toThrow('ENOENT')
    })

    test('may lie within another, which goes when the last of them goes', async () => {
      const { storage } = subject()
      const inner = await Promise.all(['a', 'b'].map((name) => storage.workspace(`job-1/${name}`)))
      await storage.removeWorkspace('job-1/a')
      expect(await Promise.all(inner.map(exists))).toEqual([false, true])
      await storage.removeWorkspace('job-1/b')
      expect(await exists(join(inner[1] ?? '', '..'))).toBe(false)
    })

    test('come and go side by side', async () => {
      const { storage } = subject()
      const names = Array.from({ length: 100 }, (_, index) => `job-1/attempt-${index}`)
      await Promise.all(
        names.map(async (name) => {
          const dir = await storage.workspace(name)
          await writeFile(join(dir, 'part'), 'x')
          await storage.removeWorkspace(name)
        }),
      )
    })

    test.each(HOSTILE_KEYS.filter((key) => !key.startsWith('work')))('%j is no name of one', async (name) => {
      const { storage } = subject()
      await expect(storage.workspace(name)).rejects.toMatchObject({ code: 'file-not-found' })
      await expect(storage.removeWorkspace(name)).rejects.toMatchObject({ code: 'file-not-found' })
    })

    test('are not files of the store', async () => {
      const { storage, listAll } = subject()
      await writeFile(join(await storage.workspace('job-1'), 'part'), 'x')
      expect(await listAll()).toEqual([])
    })
  })

  test('a store that works passes its check, which leaves nothing behind', async () => {
    const { storage, listAll } = subject()
    await storage.check()
    expect(await listAll()).toEqual([])
  })
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
