/** A folder, or a file. */
export interface StoredFolder {
  readonly name: string
  readonly modifiedAt: Date
}

/** Keys are relative paths with `/`, made by us: `uploads/<file>`, `assets/<name>`, `processed/<job>/<file>`. */
export interface Storage {
  /** Path of a stored file that a local process may read. Throws `file-not-found`. */
  localPath(key: string): Promise<string>
  /** Bytes of a stored file; null when there is none. */
  size(key: string): Promise<number | null>
  /**
   * Moves a finished local file into place, atomically. `if-absent` leaves a file that is there already and
   * drops the new one: the first to finish wins. Returns whether the file in place is the new one.
   */
  putFile(key: string, localFile: string, mode: 'replace' | 'if-absent'): Promise<boolean>
  /**
   * Puts what is stored under one key under another, too; each is removed for itself. A file that is there already
   * stays. Returns whether there is a file under the other key now: false when there was none under the first.
   */
  copyFile(from: string, to: string): Promise<boolean>
  /**
   * Moves a finished local folder of files into place under a key that ends with `/`, all at once. One that is
   * there already stays, and the new one is dropped. Returns whether the folder in place is the new one.
   */
  putFolder(prefix: string, localFolder: string): Promise<boolean>
  /** Removes a file, or everything below a key that ends with `/`. Absent is fine. */
  remove(key: string): Promise<void>
  /** Names of the files directly below a key that ends with `/`. */
  list(prefix: string): Promise<string[]>
  /** A private folder on the same file system, created when absent, for a job or an incoming upload. */
  workspace(name: string): Promise<string>
  /** Removes a workspace and all in it. Absent is fine. */
  removeWorkspace(name: string): Promise<void>
  /** The workspaces, with the time of the newest thing in each. Of `a/b`, the name is `a`. */
  listWorkspaces(): Promise<StoredFolder[]>
  /** The folders directly below a key that ends with `/`, likewise; `own`: with the time of the last change of its list. */
  listFolders(prefix: string, time?: 'newest' | 'own'): Promise<StoredFolder[]>
  /** The files directly below a key that ends with `/`, likewise. */
  listFiles(prefix: string): Promise<StoredFolder[]>
  /** What can still be written. */
  freeBytes(): Promise<number>
  /** Throws when the store cannot be written. */
  check(): Promise<void>
}
