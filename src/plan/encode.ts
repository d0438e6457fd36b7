import { QUALITIES, type QualityName } from '../edit/qualities.js'
import type { AudioEncode, H264Encode } from './plan.js'
import { toNumber } from './rational.js'
import type { Timeline } from './timeline.js'

interface Size {
  readonly width: number
  readonly height: number
}

/** Seconds between key frames. */
const KEY_FRAME_INTERVAL_SEC = 2

/** Capped constant quality of the REST contract's ladder. */
const LADDER_CRF = 23

/** An edited file stays visually close to its source and has no cap. */
const EDITED_CRF = 20

export const STEREO_AAC: AudioEncode = { codec: 'aac', bitRate: 128_000, channels: 2 }

export function h264(timeline: Timeline, quality: QualityName | null): H264Encode {
  return {
    codec: 'h264',
    crf: quality ? LADDER_CRF : EDITED_CRF,
    maxBitRate: quality ? QUALITIES[quality].maxBitRate : null,
    preset: 'medium',
    gopFrames: Math.max(1, Math.round(toNumber(timeline.frameRate) * KEY_FRAME_INTERVAL_SEC)),
    colorSpace: timeline.colorSpace,
  }
}

/** The picture fitted to a quality by its shorter side, never stretched; null: its own size. Always even. */
export function outputSize({ width, height }: Size, quality: QualityName | null): Size {
  const factor = quality ? QUALITIES[quality].shortSide / Math.min(width, height) : 1
  return { width: even(width * factor), height: even(height * factor) }
}

/** The nearest even number of pixels, as 4:2:0 pictures need. */
export function even(size: number): number {
  return Math.max(2, 2 * Math.round(size / 2))
}
