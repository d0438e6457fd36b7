import type { AudioCodec, Container } from '../../edit/output/formats.js'
import { tagsOf } from '../argv/colour-tags.js'
import { type FilmCoding, isFilmCoding } from '../model/encode.js'
import type { VideoFacts } from '../model/facts.js'
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
  /** null: an animation, whose pictures are RGB or tell by themselves what they are. */
  readonly coding: FilmCoding | null
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
    coding: film,
    keyFrameIntervalSec: (gopFrames * den) / num,
    pictureKind: film ? `${film.colorSpace}, ${film.bitDepth} bits` : video.coding.codec,
  }
}

/** What a probe will say of the pictures of a file. */
export function factsOfFilm(
  file: ExpectedPicture & Pick<FinishedFilm, 'codec' | 'coding' | 'durationSec'>,
): VideoFacts {
  const { codec, coding, width, height, frameRate, frameCount, durationSec } = file
  const { matrix = null, primaries = null, transfer = null, range = null } = coding ? tagsOf(coding) : {}
  const { staticHdr } = coding ?? {}
  return {
    ...{ index: 0, codec, profile: null, frameRate, frameCount, startSec: 0, durationSec, bitRate: null },
    ...{
      width,
      height,
      codedWidth: width,
      codedHeight: height,
      rotation: 0,
      sampleAspect: { num: 1, den: 1 },
    },
    pixelFormat: coding ? (coding.bitDepth === 10 ? 'yuv420p10le' : 'yuv420p') : 'rgb24',
    ...{ colorRange: range, colorSpace: matrix, colorTransfer: transfer, colorPrimaries: primaries },
    ...(staticHdr ? { staticHdr } : {}),
    ...{ fieldOrder: 'progressive', isVariableRate: false },
  }
}
