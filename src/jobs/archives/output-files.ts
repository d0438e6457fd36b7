import { basename, dirname } from 'node:path'
import { Readable } from 'node:stream'
import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import { processedPrefix } from '../keys.js'
import type { JobId, Output, Owner } from '../model.js'
import { contentType, downloadStem, findOutput } from '../outputs.js'
import type { FileStats } from '../ports/storage.js'
import type { OutputFile, OutputFilesPage, StoredFile } from '../use-cases.js'
import { zipBytes, zipFiles, type ZippedFile } from './zip-files.js'

interface Page {
  readonly limit: number
  /** Name of the last file of the page before; null: the first page. */
  readonly after: string | null
}

/**
 * The files of an output, by name: of a stream or of pictures all that lie in its folder, else the one.
 * @throws AppError `job-not-found`, `job-not-completed`, `output-not-found`, `output-expired`
 */
export async function listOutputFiles(
  deps: JobsDeps,
  { owner, id, name }: { readonly owner: Owner; readonly id: JobId; readonly name: string },
  { limit, after }: Page,
): Promise<OutputFilesPage> {
  const { output } = await findOutput(deps, owner, id, name)
  const all = await filesOf(deps, output)
  const rest = after === null ? all : all.filter((file) => file.name > after)
  return {
    files: rest.slice(0, limit),
    count: all.length,
    sizeBytes: all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    hasMore: rest.length > limit,
  }
}

/**
 * The same files as one to download, which is made while it is sent.
 * @throws AppError as above
 */
export async function archiveOutput(
  deps: JobsDeps,
  owner: Owner,
  id: JobId,
  name: string | null,
): Promise<StoredFile> {
  const { job, output } = await findOutput(deps, owner, id, name)
  const stem = await downloadStem(deps, job, output)
  const zipped = (await filesOf(deps, output)).map(({ key, name: fileName, sizeBytes, modifiedAt }) => ({
    ...{ path: `${stem.replaceAll(UNSAFE, '_')}/${fileName}`, sizeBytes, modifiedAt },
    open: () => openWhole(deps, key, sizeBytes),
  }))
  return {
    sizeBytes: zipBytes(zipped),
    modifiedAt: newest(zipped),
    sha256: null,
    contentType: 'application/zip',
    downloadName: `${stem}.zip`,
    isMade: true,
    open: () => Promise.resolve(zipFiles(zipped)),
  }
}

/** What some system does not take in the name of a folder. */
const UNSAFE = /[\\/:*?"<>|\p{Cc}]/gu

async function filesOf({ storage }: JobsDeps, { filePath, jobId }: Output): Promise<OutputFile[]> {
  const folder = `${dirname(filePath)}/`
  if (folder !== processedPrefix(jobId)) {
    return (await storage.listFiles(folder)).map((file) => toFile(`${folder}${file.name}`, file))
  }
  const stats = await storage.stat(filePath)
  if (!stats) throw new AppError('file-not-found', `There is no file ${basename(filePath)}.`)
  return [toFile(filePath, stats)]
}

function toFile(key: string, { sizeBytes, modifiedAt }: FileStats): OutputFile {
  return { key, name: basename(key), contentType: contentType(key), sizeBytes, modifiedAt }
}

async function openWhole({ storage }: JobsDeps, key: string, sizeBytes: number): Promise<Readable> {
  return sizeBytes === 0 ? Readable.from([]) : storage.openRange(key, { start: 0, end: sizeBytes - 1 })
}

function newest(files: readonly ZippedFile[]): Date {
  return new Date(Math.max(0, ...files.map(({ modifiedAt }) => modifiedAt.getTime())))
}
