import type { Edit } from '../../edit/operation.js'
import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { Owner, Video } from '../model.js'
import type { EditedVideo } from '../use-cases.js'
import { getVideo } from '../videos.js'
import { type JobFiles, loadFiles } from './plan-edit.js'

interface Compiling {
  readonly owner: Owner
  readonly request: EditedVideo
  /** A pointer into the edit as a pointer into the request that it came from. */
  readonly toPointer: (pointer: string) => string
}

export interface Compiled<Found> {
  readonly video: Video
  readonly edit: Edit
  readonly files: JobFiles
  readonly found: Found
}

/**
 * Loads what an edit reads, has it compiled, and hands on what was asked of it.
 * @throws AppError `video-not-found`, `video-not-ready`, `asset-not-found`, and those of `ask`
 */
export async function compileRequest<Found>(
  deps: JobsDeps,
  { owner, request, toPointer }: Compiling,
  ask: (files: JobFiles, video: Video) => Promise<Found>,
): Promise<Compiled<Found>> {
  const video = await getVideo(deps, owner, request.videoId)
  if (video.status === 'failed') {
    throw new AppError('video-not-ready', 'The video could not be read when it was uploaded.')
  }
  const edit: Edit = {
    operations: request.operations,
    output: request.output,
    ...(request.audio ? { audio: request.audio } : {}),
    ...(request.image ? { image: request.image } : {}),
  }
  try {
    const files = await loadFiles(deps, { owner, edit, assetIds: null }, video)
    return { video, edit, files, found: await ask(files, video) }
  } catch (error) {
    throw error instanceof AppError ? withPointers(error, toPointer) : error
  }
}

function withPointers(error: AppError, toPointer: (pointer: string) => string): AppError {
  const { code, message, cause, retryAfterSec } = error
  const issues = error.issues.map((issue) => ({ ...issue, pointer: toPointer(issue.pointer) }))
  return new AppError(code, message, { cause, issues, ...(retryAfterSec === null ? {} : { retryAfterSec }) })
}
