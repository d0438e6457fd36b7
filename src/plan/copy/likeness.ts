import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import { isWide, sourceMatrix } from '../inputs/color-space.js'
import type { VideoFacts } from '../model/facts.js'
import type { H264Profile, Likeness } from '../model/plan.js'
import type { CopySource } from './copy-source.js'

/** Profiles of H.264 that x264 codes, by ffprobe's names. */
const PROFILES: Readonly<Record<string, H264Profile>> = {
  'Constrained Baseline': 'baseline',
  Baseline: 'baseline',
  Main: 'main',
  High: 'high',
}

/** x264 takes ids up to this one. */
const MAX_ID = 31

/** How pictures that are coded anew can stand beside the source's; a string: why not, for people. */
export function likenessTo({ codec, video, groups }: CopySource): Likeness | string {
  const { label } = VIDEO_CODEC_TRAITS[codec.codec]
  if (!codec.canStandBeside) return `Re-encoded pictures cannot stand beside copied ones of ${label}.`
  const profile = PROFILES[video.profile ?? '']
  if (!profile) return `Pictures of the profile ${video.profile ?? 'unknown'} cannot be coded.`
  if (!isPlain(video)) return 'Its colours are not coded as ours are.'
  const { level = 0, takenIds } = groups.parameters ?? {}
  const id = takenIds ? freeId(takenIds) : null
  if (id === null) return 'Its parameter sets leave no place for others.'
  const { colorSpace: matrix, colorPrimaries: primaries, colorTransfer: transfer, colorRange: range } = video
  return {
    ...{ profile, level, id, reorderFrames: reorderOf(groups.reorderFrames) },
    tags: { matrix, primaries, transfer, range },
  }
}

/** More than x264 uses is no matter. */
function reorderOf(frames: number): 0 | 1 | 2 {
  return frames === 0 || frames === 1 ? frames : 2
}

/** 4:2:0 with 8 bits in video range, by a matrix that edits leave alone. */
function isPlain(video: VideoFacts): boolean {
  const isVideoRange = video.colorRange !== 'pc' && video.pixelFormat === 'yuv420p'
  return isVideoRange && !isWide(video) && sourceMatrix(video) !== null
}

/** The highest, which coders take last. */
function freeId(taken: readonly number[]): number | null {
  for (let id = MAX_ID; id > 0; id -= 1) {
    if (!taken.includes(id)) return id
  }
  return null
}
