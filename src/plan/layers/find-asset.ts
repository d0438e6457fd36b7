import type { CompileContext } from '../context.js'
import { chosenTrack } from '../inputs/audio-track.js'
import type { AudioFacts, MediaFacts, VideoFacts } from '../model/facts.js'
import type { FontFacts } from '../model/font-facts.js'
import { isAnimation } from '../model/image-kinds.js'
import type { AssetKind, AssetSource, SubtitleFile } from '../model/sources.js'

export interface PictureAsset {
  readonly key: string
  readonly facts: MediaFacts
  readonly video: VideoFacts
}

export function isAnimated({ facts }: PictureAsset): boolean {
  return facts.durationSec > 0
}

/** The asset of a name; null, with the mistake noted, when it has no picture of the wanted kind. */
export function findPictureAsset(
  { assets, findings, pointer }: CompileContext,
  field: string,
  name: string,
  kind: Extract<AssetKind, 'image' | 'video'>,
): PictureAsset | null {
  const asset = assets.get(name)
  const isPlaying = kind === 'image' && asset?.facts && isAnimation(asset.facts)
  if (asset?.facts?.video && (asset.kind === kind || isPlaying)) {
    return { key: asset.key, facts: asset.facts, video: asset.facts.video }
  }
  findings.reject(
    `${pointer}/${field}`,
    `"${name}" ${describe(asset)}, but ${kind === 'image' ? 'an image' : 'a video'} is needed`,
  )
  return null
}

export interface SoundAsset {
  readonly key: string
  readonly facts: MediaFacts
  readonly audio: AudioFacts
}

/** The asset of a name; null, with the mistake noted, when it has no sound. */
export function findSoundAsset(
  { assets, findings, pointer }: CompileContext,
  field: string,
  name: string,
): SoundAsset | null {
  const asset = assets.get(name)
  const isPlayed = asset?.kind === 'audio' || asset?.kind === 'video'
  const audio = asset?.facts && chosenTrack(asset.facts.audio, null)
  if (isPlayed && asset.facts && audio) return { key: asset.key, facts: asset.facts, audio }
  const found = isPlayed ? 'has no sound' : describe(asset)
  findings.reject(`${pointer}/${field}`, `"${name}" ${found}, but audio, or a video with sound, is needed`)
  return null
}

export interface FontAsset {
  readonly key: string
  readonly font: FontFacts
}

/** The asset of a name; null, with the mistake noted, when it is no font. */
export function findFontAsset(
  { assets, findings, pointer }: CompileContext,
  field: string,
  name: string,
): FontAsset | null {
  const asset = assets.get(name)
  if (asset?.font) return { key: asset.key, font: asset.font }
  findings.reject(`${pointer}/${field}`, `"${name}" ${describe(asset)}, but a font is needed`)
  return null
}

/** The asset of a name; null, with the mistake noted, when it is no file of subtitles. */
export function findSubtitleAsset(
  { assets, findings, pointer }: Pick<CompileContext, 'assets' | 'findings' | 'pointer'>,
  field: string,
  name: string,
): SubtitleFile | null {
  const asset = assets.get(name)
  if (asset?.subtitles) return asset.subtitles
  findings.reject(`${pointer}/${field}`, `"${name}" ${describe(asset)}, but subtitles are needed`)
  return null
}

function describe(asset: AssetSource | undefined): string {
  return asset ? `is ${/^[ai]/.test(asset.kind) ? 'an' : 'a'} ${asset.kind} asset` : 'does not exist'
}
