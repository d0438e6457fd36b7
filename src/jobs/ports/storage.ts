import type { Readable } from 'node:stream'
import type { FolderEntry } from './work-folders.js'

export interface FileStats {
  readonly sizeBytes: number
  readonly modifiedAt: Date
}

/** A file in a listing. */
export interface FileEntry extends FileStats {
  readonly name: string
}

/** Bytes `start` to `end` of a file, both included, counted from 0. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Keeps finished files under keys: relative paths with `/` that src/jobs/keys.ts makes, `uploads/<file>`,
 * `assets/<name>`, `processed/<job>/<file>`. A stored file has no path on this machine: programs get it with `fetch`,
 * readers with `openRange`. Files come from work folders and are never changed once they are stored.
 *
 * Every method throws `storage-unavailable` while the store cannot be used, `storage-unsuitable` when it never will
 * be as it is set up, `disk-full`, and `file-not-found` for text that is no valid key.
 */
export interface Store {
  /** null when there is no such file. */
  stat(key: string): Promise<FileStats | null>
  /**
   * Moves a finished file out of a work folder into place, atomically. `if-absent` leaves a file that is there already
   * and drops the new one: the first to finish wins. Returns whether the file in place is the new one.
   */
  putFile(key: string, localFile: string, mode: 'replace' | 'if-absent'): Promise<boolean>
  /**
   * Puts what is stored under one key under another one, too; each can be removed without the other. A file that is
   * there already stays. Returns whether there is a file under the other key now: false when there was none under the
   * first, or it cannot be copied.
   */
  copyFile(from: string, to: string): Promise<boolean>
  /**
   * Moves a finished folder of files out of a work folder into place under a key that ends with `/`, all at once. One
   * that is there already stays, and the new one is dropped. Returns whether the folder in place is the new one.
   */
  putFolder(prefix: string, localFolder: string): Promise<boolean>
  /** Removes a file, or everything below a key that ends with `/`. Absent is fine. */
  remove(key: string): Promise<void>
  /** Names of the files directly below a key that ends with `/`, sorted. */
  list(prefix: string): Promise<string[]>
  /** The same files with what `stat` says of each. */
  listFiles(prefix: string): Promise<FileEntry[]>
  /**
   * The folders directly below a key that ends with `/`. The time is that of the newest thing in each; with `own` that
   * of the last change directly below it, for which a store need not look at all that is in it.
   */
  listFolders(prefix: string, time?: 'newest' | 'own'): Promise<FolderEntry[]>
  /**
   * Makes a stored file readable at a path in a work folder, where nothing may be yet. It is a link where the store can
   * make one, so it must not be written to; a copy otherwise, which takes room. Throws `file-not-found`.
   */
  fetch(key: string, localFile: string): Promise<void>
  /**
   * Opens a part of a stored file. The stream must be read to its end or destroyed. Throws `file-not-found`; an error
   * while it is read comes as the stream's own.
   */
  openRange(key: string, range: ByteRange): Promise<Readable>
  /** Tries everything that storing a file takes, and leaves nothing behind. Throws when any of it fails. */
  check(): Promise<void>
}
