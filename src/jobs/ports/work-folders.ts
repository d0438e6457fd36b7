/** A folder in a listing. */
export interface FolderEntry {
  readonly name: string
  readonly modifiedAt: Date
}

/**
 * Private folders on a disk of this machine for work in progress: an incoming upload, one attempt of a pass. A name is
 * `a` or `a/b`; all that belongs to one job lies in folders within `<job>`. Every method throws `storage-unavailable`
 * and `disk-full`, and those that take a name `file-not-found` for text that is none.
 */
export interface WorkFolders {
  /** Returns the absolute path. The folder is created when it is absent. */
  create(name: string): Promise<string>
  /** Removes a folder and all in it. Absent is fine. */
  remove(name: string): Promise<void>
  /** The top folders, each with the time of the newest thing in it. */
  list(): Promise<FolderEntry[]>
  /** What can still be written. */
  freeBytes(): Promise<number>
}
