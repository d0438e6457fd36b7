import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { AppError, translateErrors } from '../../../src/errors.js'
import type { FileStats, Store } from '../../../src/jobs/ports/storage.js'
import type { FolderEntry } from '../../../src/jobs/ports/work-folders.js'
import { parseKey, parsePrefix } from '../../../src/storage/storage-key.js'

interface StoredBytes {
  readonly bytes: Buffer
  readonly modifiedAt: Date
}

export interface MemoryStore extends Store {
  readonly keys: () => string[]
}

/**
 * A store that is remote, as an object store is: it has no paths, no links and no folders, and each file that goes in
 * or comes out is copied. Code that works with it needs only the port.
 */
export function createMemoryStore(): MemoryStore {
  const files = new Map<string, StoredBytes>()
  const store: Store = {
    stat: (key) => Promise.resolve(find(files, key) && statsOf(find(files, key))),
    async putFile(key, localFile, mode) {
      parseKey(key)
      const bytes = await readFinished(localFile)
      const isPlaced = mode === 'replace' || !files.has(key)
      if (isPlaced) files.set(key, { bytes, modifiedAt: new Date() })
      await rm(localFile, { force: true })
      return isPlaced
    },
    copyFile(from, to) {
      parseKey(to)
      const source = find(files, from)
      if (source && !files.has(to)) files.set(to, { ...source, modifiedAt: new Date() })
      return Promise.resolve(source !== null)
    },
    async putFolder(prefix, localFolder) {
      parsePrefix(prefix)
      const contents = await readFinishedFolder(localFolder)
      const isPlaced = below(files, prefix).length === 0
      for (const [name, bytes] of isPlaced ? contents : []) {
        files.set(`${prefix}${name}`, { bytes, modifiedAt: new Date() })
      }
      await rm(localFolder, { recursive: true, force: true })
      return isPlaced
    },
    remove(key) {
      if (!key.endsWith('/')) parseKey(key)
      for (const gone of key.endsWith('/') ? below(files, key) : [key]) files.delete(gone)
      return Promise.resolve()
    },
    list: (prefix) => Promise.resolve(filesIn(files, prefix).map(({ name }) => name)),
    listFiles: (prefix) => Promise.resolve(filesIn(files, prefix)),
    listFolders: (prefix) => Promise.resolve(foldersIn(files, prefix)),
    async fetch(key, localFile) {
      // A fetched file replaces no other and cannot be written to.
      await writeFile(localFile, requireFile(files, key).bytes, { flag: 'wx', mode: 0o400 })
    },
    openRange: (key, { start, end }) =>
      Promise.resolve(Readable.from(pieces(requireFile(files, key).bytes.subarray(start, end + 1)))),
    check: () => Promise.resolve(),
  }
  const translated = translateErrors(store, (error) =>
    error instanceof AppError ? error : new AppError('storage-unavailable', 'away', { cause: error }),
  )
  return { ...translated, keys: () => [...files.keys()].sort() }
}

const PIECE_BYTES = 64 * 1024

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

function find(files: ReadonlyMap<string, StoredBytes>, key: string): StoredBytes | null {
  parseKey(key)
  return files.get(key) ?? null
}

function requireFile(files: ReadonlyMap<string, StoredBytes>, key: string): StoredBytes {
  const file = find(files, key)
  if (!file) throw new AppError('file-not-found', `There is no file ${key}`)
  return file
}

function statsOf(file: StoredBytes | null): FileStats | null {
  return file && { sizeBytes: file.bytes.length, modifiedAt: file.modifiedAt }
}

function below(files: ReadonlyMap<string, StoredBytes>, prefix: string): string[] {
  parsePrefix(prefix)
  return [...files.keys()].filter((key) => key.startsWith(prefix)).sort()
}

function filesIn(files: ReadonlyMap<string, StoredBytes>, prefix: string) {
  return below(files, prefix).flatMap((key) => {
    const name = key.slice(prefix.length)
    const stats = statsOf(files.get(key) ?? null)
    return name.includes('/') || !stats ? [] : [{ name, ...stats }]
  })
}

function foldersIn(files: ReadonlyMap<string, StoredBytes>, prefix: string): FolderEntry[] {
  const newest = new Map<string, number>()
  for (const key of below(files, prefix)) {
    const [name = '', ...rest] = key.slice(prefix.length).split('/')
    const timeMs = files.get(key)?.modifiedAt.getTime() ?? 0
    if (rest.length > 0) newest.set(name, Math.max(newest.get(name) ?? 0, timeMs))
  }
  return [...newest].map(([name, timeMs]) => ({ name, modifiedAt: new Date(timeMs) }))
}

async function readFinished(localFile: string): Promise<Buffer> {
  const isFile = await stat(localFile).then(
    (stats) => stats.isFile(),
    () => false,
  )
  if (!isFile) throw new AppError('file-not-found', 'There is no finished file to store')
  return readFile(localFile)
}

async function readFinishedFolder(localFolder: string): Promise<[string, Buffer][]> {
  const entries = await readdir(localFolder, { withFileTypes: true }).catch(() => [])
  if (entries.length === 0 || !entries.every((entry) => entry.isFile())) {
    throw new AppError('file-not-found', 'There is no finished folder of files to store')
  }
  return Promise.all(
    entries.map(async ({ name }): Promise<[string, Buffer]> => [
      name,
      await readFile(join(localFolder, name)),
    ]),
  )
}
