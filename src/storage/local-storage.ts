import { randomUUID } from 'node:crypto'
import { link, lstat, mkdir, readdir, realpath, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError, hasErrorCode } from '../errors.js'
import type { Storage } from '../jobs/ports/repositories.js'
import {
  findReal,
  flushFile,
  flushFolder,
  makeFolders,
  removeEmptyFolders,
  retryWhenSwept,
} from './folders.js'
import { listFiles, listFolders } from './list-folders.js'
import { placeFolder } from './place-folder.js'
import { parseKey, parsePrefix } from './storage-key.js'
import { translating } from './translate-error.js'

/** Folder of the workspaces. No key may start with it: work in progress is nobody's file. */
const WORK = 'work'
const PRIVATE_FOLDER = 0o700

type PutMode = Parameters<Storage['putFile']>[2]

/**
 * Keeps files in a folder of this machine, or of a file system that all machines of an installation mount.
 * Every method throws `storage-unavailable`, `disk-full`, and `file-not-found` for what is no valid key.
 */
export function createLocalStorage({ root }: { root: string }): Storage {
  const storage: Storage = {
    async localPath(key) {
      const file = await findFile(root, key)
      if (!file) throw new AppError('file-not-found', `There is no file ${key}`)
      return file.path
    },
    async size(key) {
      return (await findFile(root, key))?.sizeBytes ?? null
    },
    putFile: (key, localFile, mode) => putFile(root, key, localFile, mode),
    copyFile: (from, to) => copyFile(root, from, to),
    async putFolder(prefix, localFolder) {
      return placeFolder(await openRoot(root), refuseWork(parsePrefix(prefix)), localFolder)
    },
    remove: (key) => (key.endsWith('/') ? removeAllBelow(root, key) : removeFile(root, key)),
    list: (prefix) => listNames(root, prefix),
    async workspace(name) {
      return makeFolders(await openRoot(root), [WORK, ...parseKey(name)], PRIVATE_FOLDER)
    },
    async removeWorkspace(name) {
      await removeTree(await openRoot(root), [WORK, ...parseKey(name)])
    },
    listWorkspaces: async () => listFolders(join(await openRoot(root), WORK)),
    async listFolders(prefix, time) {
      const folder = await findReal(await openRoot(root), refuseWork(parsePrefix(prefix)))
      return folder === null ? [] : listFolders(folder, time)
    },
    async listFiles(prefix) {
      const folder = await findReal(await openRoot(root), refuseWork(parsePrefix(prefix)))
      return folder === null ? [] : listFiles(folder)
    },
    async freeBytes() {
      const { bavail, bsize } = await statfs(await openRoot(root))
      return bavail * bsize
    },
    check: () => check(root),
  }
  return translatingAll(storage)
}

function translatingAll(storage: Storage): Storage {
  return {
    localPath: (key) => translating(() => storage.localPath(key)),
    size: (key) => translating(() => storage.size(key)),
    putFile: (key, localFile, mode) => translating(() => storage.putFile(key, localFile, mode)),
    copyFile: (from, to) => translating(() => storage.copyFile(from, to)),
    putFolder: (prefix, localFolder) => translating(() => storage.putFolder(prefix, localFolder)),
    remove: (key) => translating(async () => storage.remove(key)),
    list: (prefix) => translating(() => storage.list(prefix)),
    workspace: (name) => translating(() => storage.workspace(name)),
    removeWorkspace: (name) => translating(() => storage.removeWorkspace(name)),
    listWorkspaces: () => translating(() => storage.listWorkspaces()),
    listFolders: (prefix, time) => translating(() => storage.listFolders(prefix, time)),
    listFiles: (prefix) => translating(() => storage.listFiles(prefix)),
    freeBytes: () => translating(() => storage.freeBytes()),
    check: () => translating(() => storage.check()),
  }
}

/** The root itself may be a link, to another disk for instance. */
async function openRoot(root: string): Promise<string> {
  await mkdir(root, { recursive: true })
  return realpath(root)
}

function parseFileKey(key: string): string[] {
  return refuseWork(parseKey(key))
}

function refuseWork(segments: string[]): string[] {
  if (segments[0] !== WORK) return segments
  throw new AppError('file-not-found', 'Work in progress is not a stored file')
}

async function findFile(root: string, key: string): Promise<{ path: string; sizeBytes: number } | null> {
  const path = await findReal(await openRoot(root), parseFileKey(key))
  if (path === null) return null
  const stats = await statEntry(path)
  return stats?.isFile() ? { path, sizeBytes: stats.size } : null
}

async function putFile(root: string, key: string, localFile: string, mode: PutMode): Promise<boolean> {
  const segments = parseFileKey(key)
  const base = await openRoot(root)
  if (!(await statEntry(localFile))?.isFile()) {
    throw new AppError('file-not-found', `There is no finished file to store as ${key}`)
  }
  // Before the name appears: after a crash a file that can be seen is a whole one.
  await flushFile(localFile)
  const isPlaced = await retryWhenSwept(async () => {
    const folder = await makeFolders(base, segments.slice(0, -1))
    const target = join(folder, ...segments.slice(-1))
    if (mode === 'if-absent') return placeIfAbsent(localFile, target)
    await rename(localFile, target)
    return true
  })
  await flushFolder(join(base, ...segments.slice(0, -1)))
  return isPlaced
}

/** By a second name for the same bytes: stored files are replaced as a whole and never written to. */
async function copyFile(root: string, from: string, to: string): Promise<boolean> {
  const segments = parseFileKey(to)
  const source = await findFile(root, from)
  if (!source) return false
  const base = await openRoot(root)
  return retryWhenSwept(async () => {
    const folder = await makeFolders(base, segments.slice(0, -1))
    await tryLink(source.path, join(folder, ...segments.slice(-1)))
    await flushFolder(folder)
    return (await findFile(root, to)) !== null
  })
}

async function placeIfAbsent(localFile: string, target: string): Promise<boolean> {
  const isPlaced = await tryLink(localFile, target)
  if (!isPlaced && !(await statEntry(target))?.isFile()) {
    throw new Error('something else than a file has that name')
  }
  await rm(localFile, { force: true })
  return isPlaced
}

/** Unlike rename, link fails when the name is taken, and the check and the act are one. */
async function tryLink(localFile: string, target: string): Promise<boolean> {
  try {
    await link(localFile, target)
    return true
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false
    throw error
  }
}

async function removeFile(root: string, key: string): Promise<void> {
  const segments = parseFileKey(key)
  const base = await openRoot(root)
  const folder = await findReal(base, segments.slice(0, -1))
  if (folder === null) return
  const path = join(base, ...segments)
  const stats = await statEntry(path)
  if (stats && !stats.isDirectory()) await rm(path, { force: true })
  await tidy(base, segments)
}

async function removeAllBelow(root: string, prefix: string): Promise<void> {
  await removeTree(await openRoot(root), refuseWork(parsePrefix(prefix)))
}

async function removeTree(base: string, segments: readonly string[]): Promise<void> {
  const folder = await findReal(base, segments.slice(0, -1))
  if (folder === null) return
  // rm removes a link and not what it leads to. Retries: a process that was stopped may still be writing.
  const path = join(base, ...segments)
  if ((await statEntry(path))?.isFile()) return
  await rm(path, { recursive: true, force: true, maxRetries: 3 })
  await tidy(base, segments)
}

/** Removes the folders that the removal of an entry has left empty, except the top one. */
async function tidy(base: string, segments: readonly string[]): Promise<void> {
  const [top] = segments
  if (top === undefined || segments.length < 3) return
  await removeEmptyFolders(dirname(join(base, ...segments)), join(base, top))
}

async function listNames(root: string, prefix: string): Promise<string[]> {
  const folder = await findReal(await openRoot(root), refuseWork(parsePrefix(prefix)))
  if (folder === null) return []
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort()
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}

/** Does all that storing a file takes; so it also notices a work folder on another file system. */
async function check(root: string): Promise<void> {
  const base = await openRoot(root)
  const work = await makeFolders(base, [WORK], PRIVATE_FOLDER)
  const name = `.check-${randomUUID()}`
  try {
    await writeFile(join(work, name), 'x', { flush: true })
    await rename(join(work, name), join(base, name))
  } finally {
    await Promise.all([work, base].map((folder) => rm(join(folder, name), { force: true })))
  }
}

async function statEntry(path: string) {
  try {
    return await lstat(path)
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return null
    throw error
  }
}
