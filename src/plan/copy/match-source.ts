import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import { statedTag } from '../colour/reserved-tags.js'
import { colorSpaceOf, matrixOf } from '../inputs/color-space.js'
import { isCodedAs } from '../inputs/colour-map.js'
import type { VideoFacts } from '../model/facts.js'
import type { H264Profile, SourceMatch } from '../model/plan.js'
import type { CopySource } from './copy-source.js'

/** Profiles of H.264 that x264 codes, by ffprobe's names. */
const PROFILES: Readonly<Record<string, H264Profile>> = {
  'Constrained Baseline': 'baseline',
  Baseline: 'baseline',
  Main: 'main',
  High: 'high',
}

/** Highest id of parameter sets that x264 takes. */
const MAX_ID = 31

/** How encoded pictures can stand beside copied ones. @returns a sentence for people if they cannot */
export function matchSource({ codec, video, groups }: CopySource): SourceMatch | string {
  const { label } = VIDEO_CODEC_TRAITS[codec.codec]
  if (!codec.canStandBeside) return `Re-encoded pictures cannot stand beside copied ones of ${label}.`
  const profile = PROFILES[video.profile ?? '']
  if (!profile) return `The profile ${video.profile ?? 'unknown'} cannot be encoded.`
  if (!isPlain(video)) return 'The colours of the picture are coded in an unusual way.'
  const { level = 0, takenIds } = groups.parameters ?? {}
  const id = takenIds ? freeId(takenIds) : null
  if (id === null) return 'The parameter sets of the picture leave no id for others.'
  const { colorPrimaries, colorTransfer, colorRange: range } = video
  return {
    profile,
    level,
    id,
    reorderFrames: reorderOf(groups.reorderFrames),
    tags: {
      matrix: matrixOf(video),
      primaries: statedTag(colorPrimaries),
      transfer: statedTag(colorTransfer),
      range,
    },
  }
}

/** x264 uses 2 at most. */
function reorderOf(frames: number): 0 | 1 | 2 {
  return frames === 0 || frames === 1 ? frames : 2
}

/** 4:2:0 with 8 bits in video range, with a matrix and colours that edits leave as they are. */
function isPlain(video: VideoFacts): boolean {
  return video.pixelFormat === 'yuv420p' && isCodedAs(video, colorSpaceOf(video))
}

/** The highest free id: encoders use the lowest first. */
function freeId(taken: readonly number[]): number | null {
  for (let id = MAX_ID; id > 0; id -= 1) {
    if (!taken.includes(id)) return id
  }
  return null
}
