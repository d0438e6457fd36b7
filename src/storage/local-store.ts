import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile as copyBytes, type link, open, rename, rm, type symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { AppError, hasErrorCode } from '../errors.js'
import type { ByteRange, FileStats, Store } from '../jobs/ports/storage.js'
import {
  findReal,
  flushFile,
  flushFolder,
  makeFolders,
  removeTree,
  retryWhenSwept,
  statEntry,
  tidy,
} from './folders.js'
import { listFiles, listFolders, listNames } from './list-entries.js'
import { openRoot, WORK, WORK_MODE } from './local-root.js'
import { placeFolder } from './place-folder.js'
import { parseKey, parsePrefix } from './storage-key.js'

/** Calls that some file systems refuse. */
export interface LinkCalls {
  readonly link: typeof link
  readonly symlink: typeof symlink
}

/** Keeps files in a folder, under paths that are their keys. */
export function createLocalStore(root: string, calls: LinkCalls): Store {
  return {
    async stat(key) {
      return (await findFile(root, key))?.stats ?? null
    },
    async putFile(key, localFile, mode) {
      return putFile(root, key, localFile, (target) =>
        mode === 'if-absent' ? placeIfAbsent(calls, localFile, target) : replace(localFile, target),
      )
    },
    copyFile: (from, to) => copyFile(root, calls, from, to),
    async putFolder(prefix, localFolder) {
      return placeFolder(await openRoot(root), prefixSegments(prefix), localFolder)
    },
    async remove(key) {
      if (key.endsWith('/')) await removeTree(await openRoot(root), prefixSegments(key))
      else await removeFile(root, key)
    },
    async list(prefix) {
      const folder = await findFolder(root, prefix)
      return folder === null ? [] : listNames(folder)
    },
    async listFiles(prefix) {
      const folder = await findFolder(root, prefix)
      return folder === null ? [] : listFiles(folder)
    },
    async listFolders(prefix, time) {
      const folder = await findFolder(root, prefix)
      return folder === null ? [] : listFolders(folder, time)
    },
    async fetch(key, localFile) {
      await linkOrCopy(calls, (await requireFile(root, key)).path, localFile)
    },
    openRange: (key, range) => openRange(root, key, range),
    check: () => check(root, calls),
  }
}

function keySegments(key: string): string[] {
  return refuseWork(parseKey(key))
}

function prefixSegments(prefix: string): string[] {
  return refuseWork(parsePrefix(prefix))
}

function refuseWork(segments: string[]): string[] {
  if (segments[0] !== WORK) return segments
  throw new AppError('file-not-found', 'Work in progress is not a stored file')
}

interface FoundFile {
  readonly path: string
  readonly stats: FileStats
}

async function findFile(root: string, key: string): Promise<FoundFile | null> {
  const path = await findReal(await openRoot(root), keySegments(key))
  const stats = path === null ? null : await statEntry(path)
  if (path === null || !stats?.isFile()) return null
  return { path, stats: { sizeBytes: stats.size, modifiedAt: stats.mtime } }
}

async function requireFile(root: string, key: string): Promise<FoundFile> {
  const file = await findFile(root, key)
  if (!file) throw notFound(key)
  return file
}

function notFound(key: string): AppError {
  return new AppError('file-not-found', `There is no file ${key}.`)
}

async function findFolder(root: string, prefix: string): Promise<string | null> {
  return findReal(await openRoot(root), prefixSegments(prefix))
}

/** Larger than the default of 64 KiB: each read is a round trip to another thread. */
const READ_BYTES = 512 * 1024

async function openRange(root: string, key: string, { start, end }: ByteRange): Promise<Readable> {
  const { path } = await requireFile(root, key)
  try {
    const file = await open(path)
    return file.createReadStream({ start, end, highWaterMark: READ_BYTES })
  } catch (error) {
    // It was removed since.
    throw hasErrorCode(error, 'ENOENT') ? notFound(key) : error
  }
}

/** @param place moves the file to a path in a folder that is there; returns whether it is in place */
async function putFile(
  root: string,
  key: string,
  localFile: string,
  place: (target: string) => Promise<boolean>,
): Promise<boolean> {
  const segments = keySegments(key)
  const base = await openRoot(root)
  if (!(await statEntry(localFile))?.isFile()) {
    throw new AppError('file-not-found', `There is no finished file to store as ${key}`)
  }
  // Flushed before its name appears: after a crash, a file that can be seen is whole.
  await flushFile(localFile)
  const isPlaced = await retryWhenSwept(async () => {
    const folder = await makeFolders(base, segments.slice(0, -1))
    return place(join(folder, ...segments.slice(-1)))
  })
  await flushFolder(join(base, ...segments.slice(0, -1)))
  return isPlaced
}

/**
 * The copy is a second name for the same bytes: stored files are replaced as a whole and never written to. Linux may
 * refuse one for a file of another user (fs.protected_hardlinks): then there is no copy.
 */
async function copyFile(root: string, calls: LinkCalls, from: string, to: string): Promise<boolean> {
  const segments = keySegments(to)
  const source = await findFile(root, from)
  if (!source) return false
  const base = await openRoot(root)
  return retryWhenSwept(async () => {
    const folder = await makeFolders(base, segments.slice(0, -1))
    await tryLink(calls, source.path, join(folder, ...segments.slice(-1))).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
    })
    await flushFolder(folder)
    return (await findFile(root, to)) !== null
  })
}

async function replace(localFile: string, target: string): Promise<boolean> {
  await rename(localFile, target)
  return true
}

async function placeIfAbsent(calls: LinkCalls, localFile: string, target: string): Promise<boolean> {
  const isPlaced = await tryLink(calls, localFile, target)
  if (!isPlaced && !(await statEntry(target))?.isFile()) {
    throw new Error('something other than a file has this name')
  }
  await rm(localFile, { force: true })
  return isPlaced
}

/** What a file system says that has no links of the kind. */
const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'] as const

/** Unlike rename, link fails when the name is taken, so the check and the act are one. */
async function tryLink(calls: LinkCalls, localFile: string, target: string): Promise<boolean> {
  try {
    await calls.link(localFile, target)
    return true
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false
    if (!hasErrorCode(error, ...NO_LINKS)) throw error
    const message =
      'The storage needs hard links, and its file system refuses to make them. ext4, XFS, Btrfs, APFS, NTFS and NFS ' +
      'have them; FAT, exFAT and some SMB and FUSE mounts do not.'
    throw new AppError('storage-unsuitable', message, { cause: error })
  }
}

async function linkOrCopy(calls: LinkCalls, path: string, localFile: string): Promise<void> {
  try {
    await calls.symlink(path, localFile)
  } catch (error) {
    if (!hasErrorCode(error, ...NO_LINKS)) throw error
    await copyBytes(path, localFile, constants.COPYFILE_EXCL)
  }
}

async function removeFile(root: string, key: string): Promise<void> {
  const segments = keySegments(key)
  const base = await openRoot(root)
  const folder = await findReal(base, segments.slice(0, -1))
  if (folder === null) return
  const path = join(base, ...segments)
  const stats = await statEntry(path)
  if (stats && !stats.isDirectory()) await rm(path, { force: true })
  await tidy(base, segments)
}

/** Writes, links and renames as storing a file does. So it also notices work folders on another file system. */
async function check(root: string, calls: LinkCalls): Promise<void> {
  const base = await openRoot(root)
  const work = await makeFolders(base, [WORK], WORK_MODE)
  const name = `.check-${randomUUID()}`
  const [made, linked, renamed] = [join(work, name), join(base, `${name}-linked`), join(base, name)]
  try {
    await writeFile(made, 'x', { flush: true })
    await tryLink(calls, made, linked)
    await rename(made, renamed)
  } finally {
    await Promise.all([made, linked, renamed].map((path) => rm(path, { force: true })))
  }
}
