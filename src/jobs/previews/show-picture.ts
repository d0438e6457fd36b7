import type { PictureFormat, PictureRequest } from '../../edit/picture.js'
import { AppError } from '../../errors.js'
import { isImage } from '../../plan/model/image-kinds.js'
import type { JobsDeps } from '../deps.js'
import { compileRequest } from '../edits/compile-request.js'
import { fingerprintPass } from '../edits/fingerprint.js'
import { pictureTask } from '../edits/plan-edit.js'
import type { Owner, Video, VideoId } from '../model.js'
import type { EditedVideo, Picture, UseCases } from '../use-cases.js'
import { getVideo } from '../videos.js'
import { keepPictures, type KeptPictures } from './keep-pictures.js'
import { AT, FORMAT } from './picture-task.js'

interface PictureDeps extends JobsDeps {
  readonly keptPictures: KeptPictures
}

const CONTENT_TYPES: Readonly<Record<PictureFormat, string>> = { jpeg: 'image/jpeg', webp: 'image/webp' }

export function createPictureUseCases(deps: JobsDeps): Pick<UseCases, 'previewPicture' | 'showFrame'> {
  const pictureDeps = { ...deps, keptPictures: keepPictures(deps.pictures) }
  return {
    previewPicture: (owner, edit, picture) => previewPicture(pictureDeps, owner, edit, picture),
    showFrame: (owner, id, picture) => showFrame(pictureDeps, owner, id, picture),
  }
}

/** The picture that an edit shows at a moment of its result. Pointers are into `{ edit, at, width, format }`. */
function previewPicture(
  deps: PictureDeps,
  owner: Owner,
  request: EditedVideo,
  picture: PictureRequest,
): Promise<Picture> {
  const toPointer = (pointer: string) => (isOfPicture(pointer) ? pointer : `/edit${pointer}`)
  return compilePicture(deps, { owner, request, toPointer }, picture)
}

/** The picture of a video at a moment, as a film of it without any edit shows it. */
async function showFrame(
  deps: PictureDeps,
  owner: Owner,
  id: VideoId,
  picture: PictureRequest,
): Promise<Picture> {
  const video = await getVideo(deps, owner, id)
  if (!video.facts.video) throw new AppError('no-picture', 'The file has sound alone.')
  const request = { videoId: id, operations: [], output: null, ...shownAs(video) }
  const toPointer = (pointer: string) => (isOfPicture(pointer) ? `/query${pointer}` : '/path/id')
  return compilePicture(deps, { owner, request, toPointer }, isStill(video) ? { ...picture, at: 0 } : picture)
}

/** Whether a pointer leads into the request for the picture, and not into an edit. */
function isOfPicture(pointer: string): boolean {
  return pointer === AT || pointer === FORMAT
}

/** A still image shows the same at all times. */
function isStill({ facts }: Video): boolean {
  return isImage(facts) && facts.durationSec === 0
}

/** An image has to be told that it is shown as a film. */
function shownAs(video: Video): Pick<EditedVideo, 'image'> {
  if (!isImage(video.facts)) return {}
  return { image: isStill(video) ? { duration: 1 } : {} }
}

async function compilePicture(
  deps: PictureDeps,
  compiling: Parameters<typeof compileRequest>[1],
  picture: PictureRequest,
): Promise<Picture> {
  const { owner } = compiling
  const { files, found: pass } = await compileRequest(deps, compiling, async (read) =>
    deps.calculations.picture(owner, { ...(await pictureTask(deps, read)), picture }),
  )
  const hash = fingerprintPass(pass, [], files.hashes)
  return {
    hash,
    contentType: CONTENT_TYPES[picture.format],
    make: (signal) => deps.keptPictures.make(owner, { hash, pass }, signal),
  }
}
