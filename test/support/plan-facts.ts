import type { Edit, Operation } from '../../src/edit/operation.js'
import type { TrimOperation } from '../../src/edit/operations/trim.js'
import { NO_EXTRAS } from '../../src/edit/output/extras.js'
import type { QualityName } from '../../src/edit/output/qualities.js'
import { type Compilation, compileEdit } from '../../src/plan/compile.js'
import type { AudioFacts, MediaFacts, VideoFacts } from '../../src/plan/model/facts.js'
import type { Plan } from '../../src/plan/model/plan.js'
import type { AssetSource, Source, Sources } from '../../src/plan/model/sources.js'
import { imageOverlay, videoOverlay, watermark } from './overlays.js'

const MP4 = 'mov,mp4,m4a,3gp,3g2,mj2'

/** Ten seconds of 1280×720 at 25 frames a second, as ffprobe and a scan describe them. */
export function videoFacts(fields: Partial<VideoFacts> = {}): VideoFacts {
  const { width = 1280, height = 720 } = fields
  return {
    index: 0,
    codec: 'h264',
    profile: 'High',
    pixelFormat: 'yuv420p',
    codedWidth: width,
    codedHeight: height,
    width,
    height,
    rotation: 0,
    sampleAspect: { num: 1, den: 1 },
    frameRate: { num: 25, den: 1 },
    frameCount: 250,
    startSec: 0,
    durationSec: 10,
    bitRate: 1_000_000,
    colorRange: 'tv',
    colorSpace: 'bt709',
    colorTransfer: 'bt709',
    colorPrimaries: 'bt709',
    fieldOrder: 'progressive',
    isVariableRate: false,
    groups: null,
    ...fields,
  }
}

export const AUDIO: AudioFacts = {
  index: 1,
  codec: 'aac',
  sampleRate: 48_000,
  channels: 2,
  channelLayout: 'stereo',
  isDefault: true,
  language: null,
  startSec: 0,
  durationSec: 10,
}

export function mediaFacts(fields: Partial<MediaFacts> = {}): MediaFacts {
  return {
    format: MP4,
    mimeType: 'video/mp4',
    extension: 'mp4',
    durationSec: 10,
    startSec: 0,
    sizeBytes: 1_000_000,
    bitRate: 800_000,
    video: videoFacts(),
    audio: [AUDIO],
    ...fields,
  }
}

export function imageAsset(width = 100, height = 50): AssetSource {
  const facts = mediaFacts({
    ...{ format: 'png_pipe', mimeType: 'image/png', extension: 'png', durationSec: 0, audio: [] },
    video: videoFacts({
      width,
      height,
      codec: 'png',
      pixelFormat: 'rgba',
      colorRange: 'pc',
      colorSpace: 'gbr',
    }),
  })
  return { key: 'assets/logo.png', kind: 'image', facts }
}

export interface World {
  readonly facts?: MediaFacts
  readonly assets?: Readonly<Record<string, AssetSource>>
  /** The facts of other videos by id. */
  readonly videos?: Readonly<Record<string, MediaFacts>>
}

export function sourcesOf({ facts = mediaFacts(), assets = {}, videos = {} }: World): Sources {
  const others = Object.entries(videos).map(([id, other]): [string, Source] => [
    id,
    { key: `uploads/${id}.mp4`, facts: other },
  ])
  return {
    video: { key: 'uploads/video.mp4', facts },
    assets: new Map(Object.entries(assets)),
    videos: new Map(others),
  }
}

export function tryCompile(edit: Edit, world: World = {}): Compilation {
  return compileEdit(edit, sourcesOf(world), { outputPrefix: 'processed/job/' })
}

export function compilePlan(edit: Edit, world: World = {}): Plan {
  const compilation = tryCompile(edit, world)
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.issues))
  return compilation.plan
}

/** JSON pointers to the mistakes of an edit; empty: it has none. */
export function pointersOf(edit: Edit, world: World = {}): string[] {
  const compilation = tryCompile(edit, world)
  return compilation.ok ? [] : compilation.issues.map(({ pointer }) => pointer)
}

export function edited(...operations: readonly Operation[]): Edit {
  return { operations, output: null }
}

export const TRIM: TrimOperation = { type: 'trim', start_time: 1, end_time: 3, mode: 'exact' }
export const MARK = watermark()
export const IMAGE = imageOverlay()
export const CLIP = videoOverlay()
export const CLIP_ASSET = { key: 'assets/clip.mp4', kind: 'video', facts: mediaFacts() } as const
export const WORLD: World = { assets: { 'logo.png': imageAsset(), 'clip.mp4': CLIP_ASSET } }

export function ladder(...qualities: QualityName[]): Edit {
  return { operations: [], output: { ...NO_EXTRAS, qualities } }
}

export function sized(width: number, height: number): World {
  return { facts: mediaFacts({ video: videoFacts({ width, height }) }) }
}
