import type { PictureRequest } from '../../src/edit/picture.js'
import type { VideoId } from '../../src/jobs/model.js'
import type { EditedVideo, Picture, UseCases } from '../../src/jobs/use-cases.js'
import { later } from './stand-in-following.js'

/** NOT pictures that ffmpeg makes: a text, for tests of src/http only. */
export interface StandInPreviews {
  readonly asked: { readonly edit: EditedVideo | null; readonly picture: PictureRequest }[]
  /** The signals of all who had the picture made. */
  readonly makings: AbortSignal[]
  /** What is done in place of making it. */
  onMake: ((signal: AbortSignal) => Promise<Buffer>) | null
  readonly routes: Pick<UseCases, 'previewPicture' | 'showFrame'>
}

export const PICTURE = 'a picture'

/** @param find throws when there is no such video */
export function createStandInPreviews(find: (id: VideoId) => unknown): StandInPreviews {
  const picture: Picture = {
    hash: 'abc',
    contentType: 'image/jpeg',
    make: (signal) => {
      previews.makings.push(signal)
      return previews.onMake?.(signal) ?? Promise.resolve(Buffer.from(PICTURE))
    },
  }
  const ask = (id: VideoId, asked: StandInPreviews['asked'][number]) => {
    find(id)
    previews.asked.push(asked)
    return picture
  }
  const previews: StandInPreviews = {
    asked: [],
    makings: [],
    onMake: null,
    routes: {
      previewPicture: later((_owner, edit, request) => ask(edit.videoId, { edit, picture: request })),
      showFrame: later((_owner, id, request) => ask(id, { edit: null, picture: request })),
    },
  }
  return previews
}
