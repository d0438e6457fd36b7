import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import type { Container } from '../../edit/output/formats.js'
import type { Film } from '../chunks/film-groups.js'
import { toNumber } from '../frames/rational.js'
import { isCodedAs } from '../inputs/colour-map.js'
import type { MediaFacts } from '../model/facts.js'
import type { CopySource } from './copy-source.js'

/** A rendition promises key frames every two seconds. The rest is for containers whose clocks round. */
const MAX_GROUP_SEC = 2.05

/** Whether the source already is what a rendition of it would be. */
export function isSameAsSource(
  { compiled: { rendition }, coding, picture, form }: Film,
  container: Container,
  facts: MediaFacts,
  { codec, video, groups }: CopySource,
): boolean {
  const trait = CONTAINER_TRAITS[container]
  const bitRate = video.bitRate ?? facts.bitRate
  const isUnderCap = coding.maxBitRate === null || (bitRate !== null && bitRate <= coding.maxBitRate)
  const rate = toNumber(video.frameRate)
  const isSeekable = groups.starts[0] === 0 && groups.longestFrames <= MAX_GROUP_SEC * rate
  return (
    trait.holds === 'video' &&
    trait.takesCopies &&
    coding.codec === codec.codec &&
    rendition.crf === null &&
    picture.width === video.width &&
    picture.height === video.height &&
    toNumber(picture.frameRate) === rate &&
    isUnderCap &&
    isSeekable &&
    video.pixelFormat === form.pixelFormat &&
    isCodedAs(video, form.colorSpace)
  )
}
