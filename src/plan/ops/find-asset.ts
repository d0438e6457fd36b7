import type { CompileContext } from '../context.js'
import type { MediaFacts, VideoFacts } from '../facts.js'
import type { AssetSourceKind } from '../sources.js'

export interface PictureAsset {
  readonly key: string
  readonly facts: MediaFacts
  readonly video: VideoFacts
}

/** The asset of an operation when it has a picture of the wanted kind; else the mistake is noted. */
export function findPictureAsset(
  { assets, findings, pointer }: CompileContext,
  field: string,
  name: string,
  kind: Extract<AssetSourceKind, 'image' | 'video'>,
): PictureAsset | null {
  const asset = assets.get(name)
  if (asset?.kind === kind && asset.facts?.video) {
    return { key: asset.key, facts: asset.facts, video: asset.facts.video }
  }
  const found = asset ? `is ${/^[ai]/.test(asset.kind) ? 'an' : 'a'} ${asset.kind} asset` : 'does not exist'
  findings.reject(
    `${pointer}/${field}`,
    `"${name}" ${found}, but ${kind === 'image' ? 'an image' : 'a video'} is needed`,
  )
  return null
}
