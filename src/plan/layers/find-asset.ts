import type { CompileContext } from '../context.js'
import type { AudioFacts, FontFacts, MediaFacts, VideoFacts } from '../model/facts.js'
import type { AssetKind, AssetSource } from '../model/sources.js'

/** Animated or not: an image that plays. Its kind is that of a video. */
const GIF = 'gif'

export interface PictureAsset {
  readonly key: string
  readonly facts: MediaFacts
  readonly video: VideoFacts
}

export function isAnimated({ facts }: PictureAsset): boolean {
  return facts.durationSec > 0
}

/** The asset of an operation when it has a picture of the wanted kind; else the mistake is noted. */
export function findPictureAsset(
  { assets, findings, pointer }: CompileContext,
  field: string,
  name: string,
  kind: Extract<AssetKind, 'image' | 'video'>,
): PictureAsset | null {
  const asset = assets.get(name)
  const isPlaying = kind === 'image' && asset?.facts?.format === GIF
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

/** The asset of an operation when it has sound; else the mistake is noted. */
export function findSoundAsset(
  { assets, findings, pointer }: CompileContext,
  field: string,
  name: string,
): SoundAsset | null {
  const asset = assets.get(name)
  const isPlayed = asset?.kind === 'audio' || asset?.kind === 'video'
  const audio = asset?.facts?.audio[0]
  if (isPlayed && asset.facts && audio) return { key: asset.key, facts: asset.facts, audio }
  const found = isPlayed ? 'has no sound' : describe(asset)
  findings.reject(`${pointer}/${field}`, `"${name}" ${found}, but audio, or a video with sound, is needed`)
  return null
}

export interface FontAsset {
  readonly key: string
  readonly font: FontFacts
}

/** The asset of an operation when it is a font; else the mistake is noted. */
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

function describe(asset: AssetSource | undefined): string {
  return asset ? `is ${/^[ai]/.test(asset.kind) ? 'an' : 'a'} ${asset.kind} asset` : 'does not exist'
}
