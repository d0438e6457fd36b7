import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { StoreUnderTest } from './store-under-test.js'

/** What every Store must do with folders that are stored as a whole. Part of describeStore. */
export function describeStoredFolders(subject: () => StoreUnderTest): void {
  let folderCount = 0
  let readCount = 0
  async function makeFolder(files: Readonly<Record<string, string>>): Promise<string> {
    folderCount += 1
    const folder = await subject().workFolders.create(`maker/folder-${folderCount}`)
    for (const [name, contents] of Object.entries(files)) await writeFile(join(folder, name), contents)
    return folder
  }
  const put = async (files: Readonly<Record<string, string>>) =>
    subject().storage.putFolder('processed/job/hls/', await makeFolder(files))
  const read = async (key: string) => {
    readCount += 1
    const path = join(await subject().workFolders.create('reader'), `${readCount}`)
    await subject().storage.fetch(key, path)
    return readFile(path, 'utf8')
  }

  describe('storing a folder', () => {
    test('moves it into place with all its files', async () => {
      const folder = await makeFolder({ 'master.m3u8': 'playlist', 'segment-1.m4s': 'bytes' })
      expect(await subject().storage.putFolder('processed/job/hls/', folder)).toBe(true)
      expect(await subject().storage.list('processed/job/hls/')).toEqual(['master.m3u8', 'segment-1.m4s'])
      expect(await read('processed/job/hls/segment-1.m4s')).toBe('bytes')
      await expect(stat(folder)).rejects.toThrow('ENOENT')
    })

    test('keeps an existing one, and drops the new one', async () => {
      await put({ a: 'first' })
      const late = await makeFolder({ a: 'late', b: 'late' })
      expect(await subject().storage.putFolder('processed/job/hls/', late)).toBe(false)
      expect(await subject().storage.list('processed/job/hls/')).toEqual(['a'])
      expect(await read('processed/job/hls/a')).toBe('first')
      await expect(stat(late)).rejects.toThrow('ENOENT')
    })

    test('at the same time as others lets one of them win, as a whole', async () => {
      const attempts = Array.from({ length: 10 }, (_, index) => `attempt ${index}`)
      const placed = await Promise.all(attempts.map((text) => put({ a: text, b: text })))
      expect(placed.filter(Boolean)).toHaveLength(1)
      expect(attempts).toContain(await read('processed/job/hls/a'))
      expect(await read('processed/job/hls/b')).toBe(await read('processed/job/hls/a'))
    })

    test('refuses anything that is no folder of files, and creates nothing', async () => {
      const nested = await makeFolder({ a: 'a' })
      await mkdir(join(nested, 'below'))
      const linked = await makeFolder({ a: 'a' })
      await symlink('a', join(linked, 'b'))
      const file = join(await makeFolder({ a: 'a' }), 'a')
      for (const source of [nested, linked, file, `${file}-absent`, await makeFolder({})]) {
        const putting = subject().storage.putFolder('processed/job/hls/', source)
        await expect(putting).rejects.toMatchObject({ code: 'file-not-found' })
      }
      expect(await subject().listAll()).toEqual([])
    })

    test('makes a folder that is removed as a whole', async () => {
      await put({ a: 'a', b: 'b' })
      await subject().storage.remove('processed/job/hls/')
      expect(await subject().listAll()).toEqual([])
      expect(await readdir(await subject().workFolders.create('maker'))).toEqual([])
    })
  })
}
