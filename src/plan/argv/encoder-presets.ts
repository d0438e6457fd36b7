import type { EncoderPreset } from '../../edit/output/formats.js'

/** SVT-AV1's presets, 0 (slowest) to 13: https://gitlab.com/AOMediaCodec/SVT-AV1/-/blob/master/Docs/CommonQuestions.md */
export const SVT_AV1_PRESETS: Readonly<Record<EncoderPreset, number>> = {
  ultrafast: 12,
  superfast: 11,
  veryfast: 10,
  faster: 9,
  fast: 9,
  medium: 8,
  slow: 6,
  slower: 5,
  veryslow: 4,
}

/** libvpx's `-cpu-used` with the deadline `good`, 5 (fastest) to 0. */
export const VP9_CPU_USED: Readonly<Record<EncoderPreset, number>> = {
  ultrafast: 5,
  superfast: 5,
  veryfast: 5,
  faster: 5,
  fast: 4,
  medium: 4,
  slow: 3,
  slower: 2,
  veryslow: 1,
}
