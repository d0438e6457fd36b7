import { wholeVideo } from '../inputs/open-video.js'
import { heldUntilSec } from '../inputs/still-picture.js'
import type { CodedGroups, MediaFacts, VideoFacts } from '../model/facts.js'
import { type CopiedCodec, copiedCodec, copiedLabels } from './copied-codec.js'

/** A source whose coded pictures can be taken over as they are. */
export interface CopySource {
  readonly codec: CopiedCodec
  readonly video: VideoFacts
  readonly groups: CodedGroups
  readonly frameCount: number
}

/** The source as one to copy from. @returns a sentence for people if its coded pictures cannot be copied */
export function copySource(facts: MediaFacts): CopySource | string {
  const { video } = facts
  if (!video) return 'The source has no picture.'
  const codec = copiedCodec(video.codec)
  if (!codec) return `The picture is ${video.codec}, not ${copiedLabels()}.`
  const reason = obstacle(facts, video)
  if (reason !== null) return reason
  const { groups, frameCount } = video
  if (!groups || frameCount === null) return 'The groups of frames of the picture have not been examined yet.'
  return { codec, video, groups, frameCount }
}

function obstacle(facts: MediaFacts, video: VideoFacts): string | null {
  if (video.needsStart) return 'The picture can only be decoded from its start.'
  if (video.otherSizes) return 'The picture changes its size on the way.'
  if (video.isVariableRate) return 'The frame rate varies.'
  if (video.damage) return 'The picture is damaged.'
  if (video.fieldOrder !== null && video.fieldOrder !== 'progressive') return 'The picture is interlaced.'
  if (video.rotation !== 0) return 'The picture is stored rotated.'
  if (video.isMirrored) return 'The picture is stored mirrored.'
  if (video.isCropped) return 'The picture is stored with borders that are cropped.'
  if (video.sampleAspect.num !== video.sampleAspect.den) return 'The pixels are not square.'
  if (video.groups === null) return 'The frames of the picture are not coded in independent groups.'
  const isHeld = heldUntilSec(facts, video) !== null
  const isLate = video.frameCount !== null && wholeVideo(facts, video).end !== video.frameCount
  return isHeld || isLate ? 'The picture does not last as long as the film.' : null
}
