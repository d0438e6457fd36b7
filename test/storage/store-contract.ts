import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/jobs/ports/storage.js'
import type { WorkFolders } from '../../src/jobs/ports/work-folders.js'
import { describeReading } from './store-reading-contract.js'
import { HOSTILE_KEYS, type StoreUnderTest } from './store-under-test.js'
import { describeStoredFolders } from './stored-folders-contract.js'

/** What every Store must do. */
export function describeStore(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let subject: StoreUnderTest
    let storage: Store
    let workFolders: WorkFolders
    beforeEach(async () => {
      subject = await create()
      ;({ storage, workFolders } = subject)
    })
    afterEach(() => subject.discard())

    let fileCount = 0
    async function makeFile(contents: string): Promise<string> {
      fileCount += 1
      const name = `file-${fileCount}`
      const path = join(await workFolders.create('maker'), name)
      await writeFile(path, contents)
      return path
    }
    async function put(
      key: string,
      contents = key,
      mode: 'replace' | 'if-absent' = 'replace',
    ): Promise<void> {
      await storage.putFile(key, await makeFile(contents), mode)
    }
    async function contentsOf(key: string): Promise<string> {
      fileCount += 1
      const path = join(await workFolders.create('reader'), `${fileCount}`)
      await storage.fetch(key, path)
      return readFile(path, 'utf8')
    }

    describe('storing a file', () => {
      test('moves it into place', async () => {
        const file = await makeFile('नमस्ते')
        expect(await storage.putFile('processed/job/720p.mp4', file, 'replace')).toBe(true)
        expect(await contentsOf('processed/job/720p.mp4')).toBe('नमस्ते')
        expect(await storage.stat('processed/job/720p.mp4')).toMatchObject({ sizeBytes: 18 })
        await expect(stat(file)).rejects.toThrow('ENOENT')
      })

      test('replaces a file that is there when it is told to', async () => {
        await put('assets/logo.png', 'old')
        await put('assets/logo.png', 'new', 'replace')
        expect(await contentsOf('assets/logo.png')).toBe('new')
      })

      test('keeps an existing file otherwise, and drops the new one', async () => {
        await put('assets/logo.png', 'first', 'if-absent')
        const late = await makeFile('late')
        expect(await storage.putFile('assets/logo.png', late, 'if-absent')).toBe(false)
        expect(await contentsOf('assets/logo.png')).toBe('first')
        await expect(stat(late)).rejects.toThrow('ENOENT')
      })

      test('under another key, too, keeps both independently', async () => {
        await put('processed/a/720p.mp4', 'film')
        expect(await storage.copyFile('processed/a/720p.mp4', 'processed/b/720p.mp4')).toBe(true)
        await storage.remove('processed/a/')
        expect(await contentsOf('processed/b/720p.mp4')).toBe('film')
        await put('processed/c/720p.mp4', 'other')
        expect(await storage.copyFile('processed/b/720p.mp4', 'processed/c/720p.mp4')).toBe(true)
        expect(await contentsOf('processed/c/720p.mp4')).toBe('other')
        expect(await storage.copyFile('processed/a/720p.mp4', 'processed/d/720p.mp4')).toBe(false)
        expect(await storage.stat('processed/d/720p.mp4')).toBeNull()
      })

      test('at the same time as others lets one of them win, as a whole', async () => {
        const contents = Array.from({ length: 20 }, (_, index) => `attempt ${index} `.repeat(1000))
        const files = await Promise.all(contents.map(makeFile))
        const put = (file: string) => storage.putFile('processed/j/out.mp4', file, 'if-absent')
        expect((await Promise.all(files.map(put))).filter(Boolean)).toHaveLength(1)
        expect(contents).toContain(await contentsOf('processed/j/out.mp4'))
        expect(await readdir(await workFolders.create('maker'))).toEqual([])
      })

      test('that does not exist fails, and creates nothing', async () => {
        const absent = join(await workFolders.create('maker'), 'absent')
        const putting = storage.putFile('uploads/a', absent, 'replace')
        await expect(putting).rejects.toMatchObject({ code: 'file-not-found' })
        expect(await storage.stat('uploads/a')).toBeNull()
      })

      test('that is a folder fails', async () => {
        const folder = await workFolders.create('maker/folder')
        const putting = storage.putFile('uploads/a', folder, 'replace')
        await expect(putting).rejects.toMatchObject({ code: 'file-not-found' })
      })

      test('succeeds while others in its folder are removed', async () => {
        const keys = Array.from({ length: 40 }, (_, index) => `processed/shared/${index}.mp4`)
        await Promise.all(
          keys.map(async (key, index) => {
            await put(key)
            if (index % 4 > 0) await storage.remove(key)
          }),
        )
        const kept = keys.filter((_, index) => index % 4 === 0).map((key) => key.split('/').at(-1))
        expect(await storage.list('processed/shared/')).toEqual(kept.toSorted())
      })
    })

    describe('finding files', () => {
      test('tells what is absent', async () => {
        await put('processed/job/a.mp4')
        for (const key of ['processed/job/b.mp4', 'processed/job', 'processed/job/a.mp4/b', 'uploads/none']) {
          expect(await storage.stat(key)).toBeNull()
          const target = join(await workFolders.create('reader'), 'absent')
          await expect(storage.fetch(key, target)).rejects.toMatchObject({ code: 'file-not-found' })
          const reading = storage.openRange(key, { start: 0, end: 0 })
          await expect(reading).rejects.toMatchObject({ code: 'file-not-found' })
        }
      })

      test('lists only the files directly below', async () => {
        for (const key of ['assets/b', 'assets/a', 'assets/deep/c', 'assetsx']) await put(key)
        expect(await storage.list('assets/')).toEqual(['a', 'b'])
        expect(await storage.list('assets/deep/')).toEqual(['c'])
        expect(await storage.list('assets/none/')).toEqual([])
        expect(await storage.list('assets/a/')).toEqual([])
      })
    })

    describe('removing', () => {
      test('removes one file and leaves its neighbours', async () => {
        for (const key of ['uploads/a', 'uploads/b']) await put(key)
        await storage.remove('uploads/a')
        expect(await storage.list('uploads/')).toEqual(['b'])
      })

      test('removes everything below a key that ends with a slash, and nothing beside it', async () => {
        for (const key of ['processed/1/a', 'processed/1/hls/b', 'processed/10/c']) await put(key)
        await storage.remove('processed/1/')
        expect(await subject.listAll()).toEqual(['processed/10/c'])
      })

      test('does not take a folder for a file, nor a file for a folder', async () => {
        for (const key of ['processed/1/a', 'uploads/b']) await put(key)
        await storage.remove('processed/1')
        await storage.remove('uploads/b/')
        expect(await subject.listAll()).toEqual(['processed/1/a', 'uploads/b'])
      })

      test('succeeds when there is nothing', async () => {
        for (const key of ['uploads/none', 'processed/none/', 'processed/none/deep/', 'uploads/']) {
          await storage.remove(key)
        }
      })

      test('the same things many times at once succeeds', async () => {
        for (const key of ['processed/1/a', 'processed/1/b']) await put(key)
        const keys = ['processed/1/', 'processed/1/a', 'processed/1/b', 'processed/1/']
        await Promise.all(keys.map((key) => storage.remove(key)))
        expect(await subject.listAll()).toEqual([])
      })
    })

    describe('keys', () => {
      test.each(HOSTILE_KEYS)('%j is refused everywhere, and changes nothing', async (key) => {
        await put('uploads/a')
        const file = await makeFile('hostile')
        const prefix = key.endsWith('/') ? key : `${key}/`
        const refused = { code: 'file-not-found' }
        await expect(storage.stat(key)).rejects.toMatchObject(refused)
        await expect(storage.fetch(key, `${file}-fetched`)).rejects.toMatchObject(refused)
        await expect(storage.openRange(key, { start: 0, end: 0 })).rejects.toMatchObject(refused)
        await expect(storage.copyFile('uploads/a', key)).rejects.toMatchObject(refused)
        await expect(storage.copyFile(key, 'uploads/b')).rejects.toMatchObject(refused)
        await expect(storage.putFile(key, file, 'replace')).rejects.toMatchObject(refused)
        await expect(storage.putFile(key, file, 'if-absent')).rejects.toMatchObject(refused)
        const folder = await workFolders.create('hostile')
        await expect(storage.putFolder(prefix, folder)).rejects.toMatchObject(refused)
        await expect(storage.remove(key)).rejects.toMatchObject(refused)
        await expect(storage.remove(prefix)).rejects.toMatchObject(refused)
        await expect(storage.list(prefix)).rejects.toMatchObject(refused)
        await expect(storage.listFiles(prefix)).rejects.toMatchObject(refused)
        await expect(storage.listFolders(prefix)).rejects.toMatchObject(refused)
        expect(await readFile(file, 'utf8')).toBe('hostile')
        expect(await subject.listAll()).toEqual(['uploads/a'])
      })

      test('a prefix without its slash is refused', async () => {
        await expect(storage.list('uploads')).rejects.toMatchObject({ code: 'file-not-found' })
      })

      test('name no file outside the store, whatever their text', async () => {
        await put('uploads/a')
        const piece = fc.oneof(fc.constantFrom('..', '.', '/', '\\', 'uploads', 'a', '\0'), fc.string())
        await fc.assert(
          fc.asyncProperty(fc.array(piece), async (pieces) => {
            const key = pieces.join('/')
            const stats = await storage.stat(key).catch((error: unknown) => {
              expect(error).toMatchObject({ code: 'file-not-found' })
              return null
            })
            if (stats) expect(key).toBe('uploads/a')
          }),
        )
      })
    })

    describeReading(() => subject)
    describeStoredFolders(() => subject)

    test('a store that works passes its check, which leaves nothing behind', async () => {
      await storage.check()
      expect(await subject.listAll()).toEqual([])
    })
  })
}
