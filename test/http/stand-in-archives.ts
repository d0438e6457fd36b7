import { AppError } from '../../src/errors.js'
import type { JobId } from '../../src/jobs/model.js'
import type { JobView, OutputFile, StoredFile, UseCases } from '../../src/jobs/use-cases.js'
import { later } from './stand-in-following.js'

/** NOT archives: files whose keys begin with those of the output, and one of them in place of all. */
export function createStandInArchives(
  find: (id: JobId) => JobView,
  stored: ReadonlyMap<string, StoredFile>,
): Pick<UseCases, 'archiveOutput' | 'listOutputFiles' | 'openUploadedFile' | 'openProcessedFile'> {
  const filesOf = (id: JobId, name: string | null): OutputFile[] => {
    const output = find(id).outputs.find((one) => name === null || one.name === name)
    if (!output) throw new AppError('output-not-found', `There is no ${name}`)
    return [...stored].flatMap(([key, { sizeBytes, modifiedAt, contentType }]) =>
      key.startsWith(`processed/${id}/${output.name}/`)
        ? [{ key, name: key.split('/').at(-1) ?? '', sizeBytes, modifiedAt, contentType }]
        : [],
    )
  }
  const open = (key: string): StoredFile => {
    const file = stored.get(key)
    if (!file) throw new AppError('file-not-found', `There is no ${key}`)
    return file
  }
  return {
    openUploadedFile: later((_owner, name) => open(`uploads/${name}`)),
    openProcessedFile: later((_owner, id, path) => open(`processed/${id}/${path}`)),
    archiveOutput: later((_owner, id, name) => {
      const [first] = filesOf(id, name)
      const file = first && stored.get(first.key)
      if (!file) throw new AppError('file-not-found', 'There is no file')
      return {
        ...file,
        sha256: null,
        contentType: 'application/zip',
        downloadName: 'clip-hls.zip',
        isMade: true,
      }
    }),
    listOutputFiles: later((_owner, { id, name }, { limit, after }) => {
      const all = filesOf(id, name)
      const rest = all.filter((file) => after === null || file.name > after)
      const sizeBytes = all.reduce((sum, file) => sum + file.sizeBytes, 0)
      return { files: rest.slice(0, limit), count: all.length, sizeBytes, hasMore: rest.length > limit }
    }),
  }
}
