import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WorkFolders } from '../../src/jobs/ports/work-folders.js'
import { HOSTILE_KEYS } from './store-under-test.js'

export interface WorkFoldersUnderTest {
  readonly workFolders: WorkFolders
  readonly discard: () => Promise<void>
}

/** What every implementation of WorkFolders must do. */
export function describeWorkFolders(name: string, create: () => Promise<WorkFoldersUnderTest>): void {
  describe(name, () => {
    let subject: WorkFoldersUnderTest
    let workFolders: WorkFolders
    beforeEach(async () => {
      subject = await create()
      workFolders = subject.workFolders
    })
    afterEach(() => subject.discard())

    test('stay until they are removed, with all their files', async () => {
      const dir = await workFolders.create('job-1')
      await writeFile(join(dir, 'part'), 'x')
      expect(await workFolders.create('job-1')).toBe(dir)
      expect(await readdir(await workFolders.create('job-1'))).toEqual(['part'])
      await workFolders.remove('job-1')
      await expect(stat(dir)).rejects.toThrow('ENOENT')
    })

    test('are private', async () => {
      const dir = await workFolders.create('job-1')
      expect((await stat(dir)).mode & 0o077).toBe(0)
    })

    test('may lie within another, which is removed with the last of them', async () => {
      const inner = await Promise.all(['a', 'b'].map((name) => workFolders.create(`job-1/${name}`)))
      await workFolders.remove('job-1/a')
      expect(await Promise.all(inner.map(exists))).toEqual([false, true])
      await workFolders.remove('job-1/b')
      expect(await exists(join(inner[1] ?? '', '..'))).toBe(false)
    })

    test('are made and removed side by side', async () => {
      const names = Array.from({ length: 100 }, (_, index) => `job-1/attempt-${index}`)
      await Promise.all(
        names.map(async (name) => {
          const dir = await workFolders.create(name)
          await writeFile(join(dir, 'part'), 'x')
          await workFolders.remove(name)
        }),
      )
    })

    test('that are absent can be removed', async () => {
      await workFolders.remove('none')
      await workFolders.remove('none/deep')
    })

    test('are listed by their top folders, with the time of the newest thing in each', async () => {
      const dir = await workFolders.create('a/b')
      await mkdir(join(dir, 'c'))
      await writeFile(join(dir, 'c', 'file'), 'x')
      const newest = new Date('2040-01-01T00:00:00Z')
      await utimes(join(dir, 'c', 'file'), newest, newest)
      expect(await workFolders.list()).toEqual([{ name: 'a', modifiedAt: newest }])
    })

    test.each(HOSTILE_KEYS)('may not be named %j', async (name) => {
      await expect(workFolders.create(name)).rejects.toMatchObject({ code: 'file-not-found' })
      await expect(workFolders.remove(name)).rejects.toMatchObject({ code: 'file-not-found' })
    })

    test('tell the free space of their disk', async () => {
      expect(await workFolders.freeBytes()).toBeGreaterThan(0)
    })
  })
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
