import type { Encode } from '../plan.js'
import type { Rational } from '../facts.js'

/** A rendered file of the job, as the passes that are made from it know it. */
export interface FinishedFile {
  /** Name of the output. */
  readonly name: string
  /** Storage key. */
  readonly key: string
  /** ffmpeg's demuxer. */
  readonly format: string
  readonly width: number
  readonly height: number
  readonly frameRate: Rational
  readonly frameCount: number
  readonly durationSec: number
  readonly hasAudio: boolean
  /** Seconds between key frames. */
  readonly keyFrameIntervalSec: number
}

const MP4_DEMUXER = 'mov,mp4,m4a,3gp,3g2,mj2'

/** What an encode will have made. */
export function finishedFile(name: string, key: string, { video, expected }: Encode): FinishedFile {
  const { frameRate } = expected
  const gopFrames = video.codec === 'jpeg' ? 1 : video.gopFrames
  return {
    ...expected,
    name,
    key,
    format: MP4_DEMUXER,
    keyFrameIntervalSec: (gopFrames * frameRate.den) / frameRate.num,
  }
}
