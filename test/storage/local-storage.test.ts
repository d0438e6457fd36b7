import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Storage } from '../../src/jobs/ports/repositories.js'
import { createLocalStorage } from '../../src/storage/local-storage.js'
import { describeStorage } from './storage-contract.js'

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

describeStorage('the local storage', async () => {
  const root = await makeFolder()
  return {
    storage: createLocalStorage({ root }),
    listAll: () => listAll(root),
    discard: () => rm(root, { recursive: true }),
  }
})

describe('the folder of the local storage', () => {
  let root: string
  let outside: string
  let storage: Storage
  beforeEach(async () => {
    root = await makeFolder()
    outside = await makeFolder()
    storage = createLocalStorage({ root })
  })
  afterEach(() => Promise.all([root, outside].map((folder) => rm(folder, { recursive: true, force: true }))))

  async function put(key: string): Promise<void> {
    const file = join(await storage.workspace('maker'), 'file')
    await writeFile(file, key)
    await storage.putFile(key, file, 'replace')
  }

  test('is made when it is absent, and may be a link itself', async () => {
    storage = createLocalStorage({ root: join(root, 'deep', 'store') })
    await storage.check()
    await put('uploads/a')
    await symlink(join(root, 'deep', 'store'), join(outside, 'link'))
    const linked = createLocalStorage({ root: join(outside, 'link') })
    expect(await linked.localPath('uploads/a')).toBe(join(root, 'deep', 'store', 'uploads', 'a'))
  })

  test('keeps no empty folders but the top ones', async () => {
    await put('processed/job/hls/720p/1.m4s')
    await put('processed/other/a.mp4')
    await storage.remove('processed/job/hls/720p/1.m4s')
    expect(await readdir(join(root, 'processed'))).toEqual(['other'])
    await storage.remove('processed/other/')
    expect(await readdir(join(root, 'processed'))).toEqual([])
  })

  test('keeps workspaces private', async () => {
    const dir = await storage.workspace('job-1')
    expect(dir).toBe(join(root, 'work', 'job-1'))
    expect((await stat(dir)).mode & 0o077).toBe(0)
  })

  test('serves no link to a file outside', async () => {
    await writeFile(join(outside, 'secret'), 'secret')
    await mkdir(join(root, 'uploads'))
    await symlink(join(outside, 'secret'), join(root, 'uploads', 'a.mp4'))
    await expect(storage.localPath('uploads/a.mp4')).rejects.toMatchObject({ code: 'file-not-found' })
    await expect(storage.size('uploads/a.mp4')).rejects.toMatchObject({ code: 'file-not-found' })
    expect(await storage.list('uploads/')).toEqual([])
  })

  test('serves no link to a file inside, and none that points to itself', async () => {
    await put('uploads/real')
    await symlink('real', join(root, 'uploads', 'alias'))
    await symlink('loop', join(root, 'uploads', 'loop'))
    for (const key of ['uploads/alias', 'uploads/loop']) {
      await expect(storage.localPath(key)).rejects.toMatchObject({ code: 'file-not-found' })
    }
  })

  test('follows no link to a folder, in any method', async () => {
    await mkdir(join(outside, 'inner'))
    await writeFile(join(outside, 'inner', 'secret'), 'secret')
    await symlink(outside, join(root, 'processed'))
    const file = join(await storage.workspace('maker'), 'file')
    await writeFile(file, 'new')
    const attempts = [
      () => storage.localPath('processed/inner/secret'),
      () => storage.size('processed/inner/secret'),
      () => storage.list('processed/inner/'),
      () => storage.putFile('processed/inner/new', file, 'replace'),
      () => storage.putFile('processed/made/new', file, 'if-absent'),
      () => storage.remove('processed/inner/secret'),
      () => storage.remove('processed/inner/'),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'file-not-found' })
    expect(await listAll(outside)).toEqual(['inner/secret'])
    expect(await readdir(outside)).toEqual(['inner'])
  })

  test('removes a link, and not its target', async () => {
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
    const link = join(await storage.workspace('maker'), 'link')
    await symlink(join(outside, 'secret'), link)
    const putting = storage.putFile('uploads/a', link, 'replace')
    await expect(putting).rejects.toMatchObject({ code: 'file-not-found' })
  })

  test('replaces a link by the file, and leaves its target alone', async () => {
    await writeFile(join(outside, 'secret'), 'secret')
    await mkdir(join(root, 'uploads'))
    await symlink(join(outside, 'secret'), join(root, 'uploads', 'a'))
    await put('uploads/a')
    expect(await storage.size('uploads/a')).toBe('uploads/a'.length)
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret')
  })

  test('that cannot be used is unavailable', async () => {
    await writeFile(join(root, 'file'), 'x')
    storage = createLocalStorage({ root: join(root, 'file', 'store') })
    const attempts = [
      () => storage.check(),
      () => storage.localPath('uploads/a'),
      () => storage.list('uploads/'),
      () => storage.workspace('job-1'),
    ]
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: 'storage-unavailable' })
    }
  })
})
