import type { Container } from '../../edit/containers.js'
import type { Encode, ExpectedPicture } from '../plan.js'

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
  readonly codec: string
  readonly audioCodec: string | null
  /** Seconds between key frames. */
  readonly keyFrameIntervalSec: number
}

/** The same without pictures. */
export interface FinishedSound extends Finished {
  readonly kind: 'sound'
}

export type FinishedFile = FinishedFilm | FinishedSound

const ISO_BASE_MEDIA = 'mov,mp4,m4a,3gp,3g2,mj2'
const MATROSKA = 'matroska,webm'

const DEMUXERS: Readonly<Record<Container, string>> = {
  ...{ mp4: ISO_BASE_MEDIA, mov: ISO_BASE_MEDIA, m4a: ISO_BASE_MEDIA },
  ...{ mkv: MATROSKA, webm: MATROSKA },
  ...{ gif: 'gif', webp: 'webp_pipe', mp3: 'mp3', wav: 'wav', flac: 'flac', ogg: 'ogg' },
}

/** What an encode will have made. */
export function finishedFile(
  name: string,
  key: string,
  container: Container,
  { video, audio, expected }: Encode,
): FinishedFile {
  const { picture, durationSec, hasAudio } = expected
  const finished = { name, key, container, format: DEMUXERS[container], durationSec, hasAudio }
  if (!picture || !video) return { ...finished, kind: 'sound' }
  const gopFrames = 'gopFrames' in video.coding ? video.coding.gopFrames : 1
  const { num, den } = picture.frameRate
  return {
    ...finished,
    ...picture,
    kind: 'film',
    codec: video.coding.codec,
    audioCodec: audio?.coding.codec ?? null,
    keyFrameIntervalSec: (gopFrames * den) / num,
  }
}
