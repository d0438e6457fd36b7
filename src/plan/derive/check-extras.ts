import { LIMITS } from '../../edit/limits.js'
import { AUDIO_CODEC_TRAITS } from '../../edit/output/audio-codecs.js'
import { audioCodecsIn, CONTAINER_TRAITS, videoCodecsIn } from '../../edit/output/containers.js'
import type { Extras, HlsRequest, Packaging, SpriteRequest } from '../../edit/output/extras.js'
import { type Container, CONTAINERS } from '../../edit/output/formats.js'
import { listed } from '../../edit/output/prose.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import type { Findings } from '../context.js'
import type { FinishedFile, FinishedFilm } from './finished-file.js'
import { protocolsOf } from './protocols.js'
import { countTiles } from './sprite.js'

/** How much the shapes of sizes that are rounded to even pixels differ at most. */
const SAME_SHAPE = 0.02

/** Whether the extras can be made from the renditions; else the mistakes are noted. */
export function checkExtras(extras: Extras, files: readonly FinishedFile[], findings: Findings): boolean {
  const before = findings.issues.length
  const hasFilm = files.some(({ container }) => CONTAINER_TRAITS[container].holds === 'video')
  for (const field of ['poster', 'thumbnails', 'sprite'] as const) {
    if (extras[field] && !hasFilm) {
      findings.reject(`/output/${field}`, 'the container has no picture, from which these are made')
    }
  }
  if (extras.sprite) checkSprite(extras.sprite, files, findings)
  if (extras.waveform && !files[0]?.hasAudio) {
    findings.reject('/output/waveform', 'the result has no sound to draw')
  }
  if (extras.hls) checkHls(extras.hls, extras.packaging, files, findings)
  if (extras.packaging !== 'none') checkPackaging(files, extras.packaging, findings)
  return findings.issues.length === before
}

/** The work, the sheets and the list of tiles grow with their number, which a short interval makes of a long film. */
function checkSprite(request: SpriteRequest, files: readonly FinishedFile[], findings: Findings): void {
  const film = files.find((file) => file.kind === 'film')
  const tiles = film ? countTiles(film, request) : 0
  if (!film || tiles <= LIMITS.spriteTiles) return
  const shortestSec = Math.ceil((film.durationSec / LIMITS.spriteTiles) * 10) / 10
  findings.reject(
    '/output/sprite/interval',
    `the sprite would have ${tiles} tiles; at most ${LIMITS.spriteTiles} are allowed: choose an interval of at least ` +
      `${shortestSec} s`,
  )
}

function checkHls(
  { audio_only: audioOnly }: HlsRequest,
  packaging: Packaging,
  files: readonly FinishedFile[],
  findings: Findings,
): void {
  if (!protocolsOf(packaging).includes('hls')) {
    findings.reject(
      '/output/hls',
      'there is no HLS stream: choose the "packaging" hls or hls+dash, or leave "hls" out',
    )
  } else if (audioOnly && !files[0]?.hasAudio) {
    findings.reject('/output/hls/audio_only', 'the result has no sound: leave "audio_only" out')
  }
}

/** Players switch between the renditions of a stream in its middle: they must be cut and shaped alike. */
function checkPackaging(files: readonly FinishedFile[], packaging: Packaging, findings: Findings): void {
  const reject = (message: string) => findings.reject('/output/packaging', message)
  const [first, ...others] = files
  if (first?.kind !== 'film' || !isSegmented(first.container)) {
    reject(`segments are made from ${CONTAINERS.filter(isSegmented).join(', ')} only`)
    return
  }
  for (const film of others) {
    if (film.kind !== 'film') continue
    const shapes = (film.width * first.height) / (film.height * first.width)
    if (Math.abs(shapes - 1) > SAME_SHAPE)
      reject(`${first.name} and ${film.name} have different aspect ratios`)
    if (film.codec !== first.codec) reject(`${first.name} and ${film.name} have different codecs`)
    if (Math.abs(film.keyFrameIntervalSec - first.keyFrameIntervalSec) > 1e-6) {
      reject(`${first.name} and ${film.name} have frame rates with key frames at different times`)
    }
  }
  const unplayable = obstacleInSegments(first)
  if (unplayable !== null) reject(unplayable)
  else if (protocolsOf(packaging).includes('hls')) warnOfApple(first, findings)
}

function isSegmented(container: Container): boolean {
  const trait = CONTAINER_TRAITS[container]
  return trait.holds === 'video' && trait.isSegmented
}

/** Other players play what Apple's do not, so that it is no mistake. */
function warnOfApple({ container, codec, audioCodec }: FinishedFilm, findings: Findings): void {
  const pictures = videoCodecsIn(container).filter((one) => VIDEO_CODEC_TRAITS[one].isAppleHls)
  const sounds = audioCodecsIn(container).filter((one) => AUDIO_CODEC_TRAITS[one].isAppleHls)
  const isPlayed = pictures.some((one) => one === codec)
  const isHeard = audioCodec === null || sounds.includes(audioCodec)
  const unplayed = [...(isPlayed ? [] : [codec]), ...(isHeard ? [] : [audioCodec])]
  if (unplayed.length === 0) return
  const better = [...(isPlayed ? [] : pictures), ...(isHeard ? [] : sounds)]
  findings.warn({
    code: 'hls-not-on-apple',
    message:
      `Safari and Apple's devices play no ${listed(unplayed, 'or')} in HLS, other players do. ` +
      `Everything plays ${listed(better, 'or')}.`,
  })
}

/** A codec that players do not take in segments, and which to choose instead; null: they take all of the film. */
function obstacleInSegments({ container, codec, audioCodec }: FinishedFilm): string | null {
  const pictures = videoCodecsIn(container).filter((one) => VIDEO_CODEC_TRAITS[one].isSegmented)
  const sounds = audioCodecsIn(container).filter((one) => AUDIO_CODEC_TRAITS[one].isSegmented)
  const isPlayed = pictures.some((one) => one === codec)
  const isHeard = audioCodec === null || sounds.includes(audioCodec)
  if (!isPlayed) return `players take no ${codec} in segments: choose ${listed(pictures, 'or')}`
  return isHeard ? null : `players take no ${audioCodec} in segments: choose ${listed(sounds, 'or')}`
}
