/** Something that the user should know about a job that succeeds. `code` is stable. */
export interface Warning {
  readonly code: WarningCode
  readonly message: string
}

/** Traits of a source that the compiler handles. Each becomes a warning. */
export const SOURCE_TRAITS = [
  'rotated',
  'non-square-pixels',
  'odd-size',
  'size-changes',
  'variable-frame-rate',
  'times-rejoined',
  'interlaced-source',
  'high-bit-depth',
  'chroma-subsampled',
  'alpha-flattened',
  'hdr-tone-mapped',
  'colours-converted',
  'late-audio',
  'late-video',
  'channels-downmixed',
  'sound-changes',
  'several-audio-tracks',
  'undecodable-audio',
  'still-picture',
  'source-damaged',
  'file-goes-on',
] as const

export type SourceTrait = (typeof SOURCE_TRAITS)[number]

/** All warnings of sources: docs/inputs.md lists them. */
export const INPUT_WARNINGS = [
  ...SOURCE_TRAITS,
  'pixel-form-changes',
  'dolby-vision-dropped',
  'dolby-vision-unreadable',
  'dynamic-hdr-dropped',
  'no-audio',
  'duration-clamped',
  'subtitles-left-out',
  'subtitles-encoding-guessed',
  'subtitles-without-word-times',
] as const

export type WarningCode =
  | (typeof INPUT_WARNINGS)[number]
  | 'upscaled'
  | 'trim-reencoded'
  | 'trim-at-key-frames'
  | 'no-effect'
  | 'overlay-never-visible'
  | 'subtitles-never-visible'
  | 'missing-glyphs'
  | 'text-beyond-picture'
  | 'emoji-plain'
  | 'silence-added'
  | 'loudness-skipped'
  | 'loudness-off-target'
  | 'hls-not-on-apple'
  | 'frame-rate-rounded'
