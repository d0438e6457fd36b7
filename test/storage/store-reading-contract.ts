import { randomBytes } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import type { StoreUnderTest } from './store-under-test.js'

const MIB = 1024 * 1024

/** How the files of every Store are read. Part of describeStore. */
export function describeReading(subject: () => StoreUnderTest): void {
  async function put(key: string, contents: string | Buffer = key): Promise<void> {
    const { storage, workFolders } = subject()
    const file = join(await workFolders.create('maker'), 'read-later')
    await writeFile(file, contents)
    await storage.putFile(key, file, 'replace')
  }
  const target = async (name: string) => join(await subject().workFolders.create('reader'), name)

  describe('reading a part of a file', () => {
    test.each([
      [0, 0, '0'],
      [0, 9, '0123456789'],
      [3, 5, '345'],
      [9, 9, '9'],
    ])('gives bytes %i to %i', async (start, end, part) => {
      await put('uploads/digits', '0123456789')
      const stream = await subject().storage.openRange('uploads/digits', { start, end })
      expect((await buffer(stream)).toString()).toBe(part)
    })

    test('of some megabytes gives all of them in order', async () => {
      const contents = randomBytes(3 * MIB)
      await put('uploads/large', contents)
      const [start, end] = [MIB - 1, 3 * MIB - 2]
      const part = await buffer(await subject().storage.openRange('uploads/large', { start, end }))
      expect(part.equals(contents.subarray(start, end + 1))).toBe(true)
    })

    test('can be broken off', async () => {
      await put('uploads/large', randomBytes(3 * MIB))
      const stream = await subject().storage.openRange('uploads/large', { start: 0, end: 3 * MIB - 1 })
      await new Promise((resolve) => stream.once('readable', resolve))
      await new Promise((resolve) => stream.once('close', resolve).destroy())
      await subject().storage.remove('uploads/large')
      expect(await subject().listAll()).toEqual([])
    })

    test('while the file is replaced gives the bytes of one of the two', async () => {
      await put('uploads/a', 'a'.repeat(MIB))
      const stream = await subject().storage.openRange('uploads/a', { start: 0, end: MIB - 1 })
      await put('uploads/a', 'b'.repeat(MIB))
      expect(['a', 'b'].map((letter) => letter.repeat(MIB))).toContain((await buffer(stream)).toString())
    })
  })

  describe('fetching a file', () => {
    test('makes it readable at a path, and removing that keeps the stored file', async () => {
      await put('assets/logo.png', 'logo')
      const path = await target('input-0')
      await subject().storage.fetch('assets/logo.png', path)
      expect(await readFile(path, 'utf8')).toBe('logo')
      await rm(path)
      expect(await subject().storage.stat('assets/logo.png')).toMatchObject({ sizeBytes: 4 })
    })

    test('may be done twice', async () => {
      await put('assets/logo.png', 'logo')
      const paths = [await target('input-0'), await target('input-1')]
      await Promise.all(paths.map((path) => subject().storage.fetch('assets/logo.png', path)))
      expect(await Promise.all(paths.map((path) => readFile(path, 'utf8')))).toEqual(['logo', 'logo'])
    })

    test('replaces nothing', async () => {
      await put('assets/logo.png', 'logo')
      const path = await target('mine')
      await writeFile(path, 'mine')
      const fetching = subject().storage.fetch('assets/logo.png', path)
      await expect(fetching).rejects.toMatchObject({ code: 'storage-unavailable' })
      expect(await readFile(path, 'utf8')).toBe('mine')
    })
  })

  describe('listing', () => {
    test('tells size and time of files', async () => {
      await put('processed/job/b', 'bb')
      await put('processed/job/a', 'a')
      await put('processed/job/hls/c', 'c')
      const files = await subject().storage.listFiles('processed/job/')
      expect(files.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
        ['a', 1],
        ['b', 2],
      ])
      for (const { name, modifiedAt } of files) {
        expect(await subject().storage.stat(`processed/job/${name}`)).toMatchObject({ modifiedAt })
        expect(Math.abs(modifiedAt.getTime() - Date.now())).toBeLessThan(60_000)
      }
      expect(await subject().storage.listFiles('processed/none/')).toEqual([])
    })

    test.each(['newest', 'own'] as const)('tells folders by their %s time', async (time) => {
      await put('parts/b/1')
      await put('parts/a/deep/2')
      await put('parts/file')
      const folders = await subject().storage.listFolders('parts/', time)
      expect(folders.map(({ name }) => name).sort()).toEqual(['a', 'b'])
      const b = folders.find(({ name }) => name === 'b')
      const put1 = await subject().storage.stat('parts/b/1')
      expect(b?.modifiedAt.getTime()).toBeGreaterThanOrEqual(put1?.modifiedAt.getTime() ?? NaN)
      expect(await subject().storage.listFolders('none/', time)).toEqual([])
    })
  })
}
