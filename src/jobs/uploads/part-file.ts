import { constants } from 'node:fs'
import { copyFile, type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, hasErrorCode, isDiskFull } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import { resumableFolder } from '../keys.js'
import type { Lease } from './lease.js'
import type { Upload, UploadId } from './upload.js'

type FileDeps = Pick<JobsDeps, 'repositories' | 'workFolders'>

/** The file that an upload's bytes lie in, opened by the one who holds the lease. */
export interface PartFile {
  readonly path: string
  readonly handle: FileHandle
}

/**
 * Opens the file and cuts it to what has arrived for certain: a process that died may have written more. Bytes of a
 * former holder who lost the lease must not get into it, so then it is a copy, and he goes on writing to the old one.
 * @throws AppError `upload-not-found` when its bytes are gone; `upload-locked` when the lease is lost
 */
export async function openPartFile(deps: FileDeps, lease: Lease): Promise<PartFile> {
  const { upload } = lease
  const dir = await deps.workFolders.create(resumableFolder(upload.id))
  const path = upload.needsNewFile ? await moveToNewFile(deps, lease, dir) : fileIn(dir, upload.fileNumber)
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  try {
    const { size } = await handle.stat()
    if (size < upload.receivedBytes)
      throw new AppError('upload-not-found', 'The bytes of the upload are gone.')
    if (size > upload.receivedBytes) await handle.truncate(upload.receivedBytes)
    return { path, handle }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function moveToNewFile({ repositories }: FileDeps, lease: Lease, dir: string): Promise<string> {
  const { upload, token } = lease
  const [before, after] = [fileIn(dir, upload.fileNumber), fileIn(dir, upload.fileNumber + 1)]
  await rm(after, { force: true })
  await copyFile(before, after, constants.COPYFILE_FICLONE).catch((error: unknown) => {
    if (!hasErrorCode(error, 'ENOENT')) throw error
  })
  await flush(after)
  const change = { fileNumber: upload.fileNumber + 1, needsNewFile: false }
  if (!(await repositories.uploads.update(upload.id, token, change))) throw leaseLost()
  await rm(before, { force: true })
  return after
}

/** The row will say that the bytes are in it, also after a power cut. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  await handle.sync().finally(() => handle.close())
}

function fileIn(dir: string, fileNumber: number): string {
  return join(dir, `bytes.${fileNumber}`)
}

export function leaseLost(): AppError {
  return new AppError('upload-locked', 'Another request has taken the upload over. Ask where it continues.')
}

/** Where the file of a complete part lies, for its reader. */
export async function partPath({ workFolders }: FileDeps, part: Upload): Promise<string> {
  return fileIn(await workFolders.create(resumableFolder(part.id)), part.fileNumber)
}

export async function removeBytes(
  { workFolders }: Pick<JobsDeps, 'workFolders'>,
  id: UploadId,
): Promise<void> {
  await workFolders.remove(resumableFolder(id))
}

/** What the sender may learn of a failed write. */
export function toStorageError(error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error
  const code = isDiskFull(error) ? 'disk-full' : 'storage-unavailable'
  return new AppError(code, 'The upload cannot be stored.', { cause: error })
}
