import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/jobs/ports/storage.js'
import type { WorkFolders } from '../../src/jobs/ports/work-folders.js'
import { createLocalStorage } from '../../src/storage/local-storage.js'
import { describeStore } from './store-contract.js'
import { describeWorkFolders } from './work-folders-contract.js'

async function makeFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'storage-')))
}

async function listAll(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory())
  return files
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .filter((path) => !path.startsWith('work/'))
    .sort()
}

async function createSubject() {
  const root = await makeFolder()
  return {
    ...createLocalStorage({ root }),
    listAll: () => listAll(root),
    discard: () => rm(root, { recursive: true }),
  }
}

describeStore('the local store', createSubject)
describeWorkFolders('local work folders', createSubject)

describe('the folder of the local storage', () => {
  let root: string
  let outside: string
  let storage: Store
  let workFolders: WorkFolders
  beforeEach(async () => {
    root = await makeFolder()
    outside = await makeFolder()
    ;({ storage, workFolders } = createLocalStorage({ root }))
  })
  afterEach(() => Promise.all([root, outside].map((folder) => rm(folder, { recursive: true, force: true }))))

  async function put(key: string): Promise<void> {
    const file = join(await workFolders.create('maker'), 'file')
    await writeFile(file, key)
    await storage.putFile(key, file, 'replace')
  }

  const read = (key: string) => storage.openRange(key, { start: 0, end: 0 })
  const fetch = async (key: string) => storage.fetch(key, join(await workFolders.create('reader'), 'copy'))

  test('is created when it is absent, and may be a link itself', async () => {
    ;({ storage, workFolders } = createLocalStorage({ root: join(root, 'deep', 'store') }))
    await storage.check()
    await put('uploads/a')
    await symlink(join(root, 'deep', 'store'), join(outside, 'link'))
    const linked = createLocalStorage({ root: join(outside, 'link') })
    await linked.storage.fetch('uploads/a', join(outside, 'fetched'))
    expect(await realpath(join(outside, 'fetched'))).toBe(join(root, 'deep', 'store', 'uploads', 'a'))
  })

  test('keeps no empty folders but the top ones', async () => {
    await put('processed/job/hls/720p/1.m4s')
    await put('processed/other/a.mp4')
    await storage.remove('processed/job/hls/720p/1.m4s')
    expect(await readdir(join(root, 'processed'))).toEqual(['other'])
    await storage.remove('processed/other/')
    expect(await readdir(join(root, 'processed'))).toEqual([])
  })

  test('contains the work folders, which are no files of the store', async () => {
    const dir = await workFolders.create('job-1')
    expect(dir).toBe(join(root, 'work', 'job-1'))
    await writeFile(join(dir, 'part.mp4'), 'x')
    for (const key of ['work', 'work/job-1/part.mp4']) {
      await expect(storage.stat(key)).rejects.toMatchObject({ code: 'file-not-found' })
      await expect(storage.fetch(key, join(dir, 'x'))).rejects.toMatchObject({ code: 'file-not-found' })
      await expect(storage.remove(key)).rejects.toMatchObject({ code: 'file-not-found' })
      await expect(storage.remove(`${key}/`)).rejects.toMatchObject({ code: 'file-not-found' })
      await expect(storage.list(`${key}/`)).rejects.toMatchObject({ code: 'file-not-found' })
      const putting = storage.putFile(key, join(dir, 'part.mp4'), 'replace')
      await expect(putting).rejects.toMatchObject({ code: 'file-not-found' })
    }
    expect(await readdir(dir)).toEqual(['part.mp4'])
  })

  test('gives a file to be read where it lies, without a copy', async () => {
    await put('uploads/a')
    const path = join(await workFolders.create('job-1'), 'input-0')
    await storage.fetch('uploads/a', path)
    expect(await realpath(path)).toBe(join(root, 'uploads', 'a'))
  })

  test('serves no link to a file outside', async () => {
    await writeFile(join(outside, 'secret'), 'secret')
    await mkdir(join(root, 'uploads'))
    await symlink(join(outside, 'secret'), join(root, 'uploads', 'a.mp4'))
    await expect(read('uploads/a.mp4')).rejects.toMatchObject({ code: 'file-not-found' })
    await expect(fetch('uploads/a.mp4')).rejects.toMatchObject({ code: 'file-not-found' })
    await expect(storage.stat('uploads/a.mp4')).rejects.toMatchObject({ code: 'file-not-found' })
    expect(await storage.list('uploads/')).toEqual([])
  })

  test('serves no link to a file inside, nor one that leads to itself', async () => {
    await put('uploads/real')
    await symlink('real', join(root, 'uploads', 'alias'))
    await symlink('loop', join(root, 'uploads', 'loop'))
    for (const key of ['uploads/alias', 'uploads/loop']) {
      await expect(read(key)).rejects.toMatchObject({ code: 'file-not-found' })
      await expect(fetch(key)).rejects.toMatchObject({ code: 'file-not-found' })
    }
  })

  test('follows no link to a folder, whatever is asked of it', async () => {
    await mkdir(join(outside, 'inner'))
    await writeFile(join(outside, 'inner', 'secret'), 'secret')
    await symlink(outside, join(root, 'processed'))
    const file = join(await workFolders.create('maker'), 'file')
    await writeFile(file, 'new')
    const attempts = [
      () => read('processed/inner/secret'),
      () => fetch('processed/inner/secret'),
      () => storage.stat('processed/inner/secret'),
      () => storage.list('processed/inner/'),
      () => storage.listFiles('processed/inner/'),
      () => storage.listFolders('processed/inner/'),
      () => storage.putFile('processed/inner/new', file, 'replace'),
      () => storage.putFile('processed/made/new', file, 'if-absent'),
      () => storage.remove('processed/inner/secret'),
      () => storage.remove('processed/inner/'),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'file-not-found' })
    expect(await listAll(outside)).toEqual(['inner/secret'])
    expect(await readdir(outside)).toEqual(['inner'])
  })

  test('removes a link, but not its target', async () => {
    await writeFile(join(outside, 'secret'), 'secret')
    await mkdir(join(root, 'processed', 'job'), { recursive: true })
    await symlink(outside, join(root, 'processed', 'job', 'link'))
    await symlink(outside, join(root, 'processed', 'other'))
    await storage.remove('processed/job/')
    await storage.remove('processed/other/')
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret')
    expect(await readdir(join(root, 'processed'))).toEqual([])
  })

  test('stores no link as a file', async () => {
    await writeFile(join(outside, 'secret'), 'secret')
    const link = join(await workFolders.create('maker'), 'link')
    await symlink(join(outside, 'secret'), link)
    const putting = storage.putFile('uploads/a', link, 'replace')
    await expect(putting).rejects.toMatchObject({ code: 'file-not-found' })
  })

  test('replaces a link by the file, but not its target', async () => {
    await writeFile(join(outside, 'secret'), 'secret')
    await mkdir(join(root, 'uploads'))
    await symlink(join(outside, 'secret'), join(root, 'uploads', 'a'))
    await put('uploads/a')
    expect(await storage.stat('uploads/a')).toMatchObject({ sizeBytes: 'uploads/a'.length })
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret')
  })

  test('that cannot be used is unavailable', async () => {
    await writeFile(join(root, 'file'), 'x')
    ;({ storage, workFolders } = createLocalStorage({ root: join(root, 'file', 'store') }))
    const attempts = [
      () => storage.check(),
      () => read('uploads/a'),
      () => storage.stat('uploads/a'),
      () => storage.list('uploads/'),
      () => workFolders.create('job-1'),
      () => workFolders.freeBytes(),
    ]
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: 'storage-unavailable' })
    }
  })
})
