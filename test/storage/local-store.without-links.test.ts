import { lstat, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkHealth } from '../../src/jobs/check-health.js'
import { createLocalStorage, translateError } from '../../src/storage/local-storage.js'
import { COMPLETE } from '../support/capabilities.js'
import { WITHOUT_HARD_LINKS, WITHOUT_LINKS } from '../support/stores/without-links.js'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'storage-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const UNSUITABLE = {
  code: 'storage-unsuitable',
  message: expect.stringContaining('needs hard links') as string,
}

test('a file system without hard links fails the check, which leaves nothing behind', async () => {
  const { storage } = createLocalStorage({ root, calls: WITHOUT_HARD_LINKS })
  await expect(storage.check()).rejects.toMatchObject(UNSUITABLE)
  expect(await readdir(root, { recursive: true })).toEqual(['work'])
})

test('the health check reports it with a reason and no path', async () => {
  const { storage } = createLocalStorage({ root, calls: WITHOUT_HARD_LINKS })
  const well = () => Promise.resolve()
  const confinement = { noNetwork: true, limits: true, processesUnbounded: null, diesWithWorker: true }
  const health = await checkHealth({
    database: well,
    orchestrator: well,
    ffmpeg: well,
    storage: () => storage.check(),
    capabilities: () => Promise.resolve(COMPLETE),
    confinement: () => Promise.resolve(confinement),
    loopDelay: () => ({ p99Ms: 0, maxMs: 0 }),
  })
  expect(health).toMatchObject({ healthy: false, checks: { storage: { ok: false } } })
  expect(health.checks.storage.message).toMatch(/^The storage needs hard links/)
  expect(health.checks.storage.message).not.toContain('/')
})

test('what needs a hard link there fails for good, and everything else works', async () => {
  const { storage, workFolders } = createLocalStorage({ root, calls: WITHOUT_HARD_LINKS })
  const file = join(await workFolders.create('maker'), 'file')
  await writeFile(file, 'film')
  await expect(storage.putFile('processed/a/film.mp4', file, 'if-absent')).rejects.toMatchObject(UNSUITABLE)
  await storage.putFile('uploads/film.mp4', file, 'replace')
  expect(await storage.copyFile('uploads/film.mp4', 'uploads/copy.mp4')).toBe(false)
  expect(await storage.list('uploads/')).toEqual(['film.mp4'])
})

test('a file is copied to where it is read when there are no symbolic links either', async () => {
  const { storage, workFolders } = createLocalStorage({ root, calls: WITHOUT_LINKS })
  const dir = await workFolders.create('reader')
  await writeFile(join(dir, 'made'), 'film')
  await storage.putFile('uploads/film.mp4', join(dir, 'made'), 'replace')
  await storage.fetch('uploads/film.mp4', join(dir, 'input-0'))
  expect((await lstat(join(dir, 'input-0'))).isFile()).toBe(true)
  expect(await readFile(join(dir, 'input-0'), 'utf8')).toBe('film')
  const again = storage.fetch('uploads/film.mp4', join(dir, 'input-0'))
  await expect(again).rejects.toMatchObject({ code: 'storage-unavailable' })
})

test('work folders on another file system fail for good', () => {
  const cause = Object.assign(new Error("EXDEV: cross-device link not permitted, rename '/a'"), {
    code: 'EXDEV',
  })
  expect(translateError(cause)).toMatchObject({ code: 'storage-unsuitable', cause })
})
