import { AppError } from '../errors.js'
import { describeDamage } from '../plan/inputs/damage.js'
import type { JobsDeps } from './deps.js'
import type { Owner, Video, VideoId } from './model.js'
import { openStored } from './stored-files.js'
import type { StoredFile } from './use-cases.js'

type VideosDeps = Pick<JobsDeps, 'repositories' | 'storage'>

export async function getVideo(deps: VideosDeps, owner: Owner, id: VideoId): Promise<Video> {
  const video = await deps.repositories.videos.get(owner, id)
  if (!video) throw new AppError('video-not-found', `There is no video with the id ${id}.`)
  return video
}

/** Says what is missing of a video's file; null: no damage was found. */
export function damageOf({ facts }: Pick<Video, 'facts'>): string | null {
  return describeDamage(facts)
}

export async function deleteVideo(deps: VideosDeps, owner: Owner, id: VideoId): Promise<void> {
  const outcome = await deps.repositories.videos.delete(owner, id, async (keys) => {
    await Promise.all(keys.map((key) => deps.storage.remove(key)))
  })
  if (outcome === 'not-found') throw new AppError('video-not-found', `There is no video with the id ${id}.`)
  if (outcome === 'in-use') {
    throw new AppError(
      'video-in-use',
      'A job that has not ended uses the video. Cancel the job or wait until it has ended.',
    )
  }
}

export async function openVideo(deps: VideosDeps, owner: Owner, id: VideoId): Promise<StoredFile> {
  return storedVideo(deps, await getVideo(deps, owner, id))
}

/** The file under `/uploads/<filename>`. */
export async function openUploadedFile(
  deps: VideosDeps,
  owner: Owner,
  filename: string,
): Promise<StoredFile> {
  const video = await deps.repositories.videos.getByFilename(owner, filename)
  if (!video) throw new AppError('file-not-found', 'There is no such file.')
  return storedVideo(deps, video)
}

function storedVideo(deps: VideosDeps, video: Video): Promise<StoredFile> {
  const { filePath, sha256, mimeType: contentType, originalFilename: downloadName } = video
  return openStored(deps, filePath, { sha256, contentType, downloadName })
}
