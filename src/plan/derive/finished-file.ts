import type { AudioCodec, Container } from '../../edit/output/formats.js'
import { isFilmCoding } from '../model/encode.js'
import { madeFormat } from '../model/made-formats.js'
import type { Encode, ExpectedPicture, VideoCoding } from '../model/plan.js'

interface Finished {
  /** Name of the output. */
  readonly name: string
  /** Storage key. */
  readonly key: string
  readonly container: Container
  /** ffmpeg's demuxer. */
  readonly format: string
  readonly durationSec: number
  readonly hasAudio: boolean
}

/** A rendered file of the job with pictures, as the passes that are made from it know it. */
export interface FinishedFilm extends Finished, ExpectedPicture {
  readonly kind: 'film'
  readonly codec: VideoCoding['codec']
  readonly audioCodec: AudioCodec | null
  /** Seconds between key frames. */
  readonly keyFrameIntervalSec: number
  /** Colours and bit depth. */
  readonly pictureKind: string
}

/** The same without pictures. */
export interface FinishedSound extends Finished {
  readonly kind: 'sound'
}

export type FinishedFile = FinishedFilm | FinishedSound

/** The file that an encode will have made. */
export function finishedFile(
  name: string,
  key: string,
  container: Container,
  { video, audio, expected }: Encode,
): FinishedFile {
  const { picture, durationSec, hasAudio } = expected
  const finished = { name, key, container, format: madeFormat(container), durationSec, hasAudio }
  if (!picture || !video) return { ...finished, kind: 'sound' }
  const film = isFilmCoding(video.coding) ? video.coding : null
  const gopFrames = film?.gopFrames ?? 1
  const { num, den } = picture.frameRate
  return {
    ...finished,
    ...picture,
    kind: 'film',
    codec: video.coding.codec,
    audioCodec: audio?.coding.codec ?? null,
    keyFrameIntervalSec: (gopFrames * den) / num,
    pictureKind: film ? `${film.colorSpace}, ${film.bitDepth} bits` : video.coding.codec,
  }
}
