/** Limits of an edit, stated once: the schemas enforce them and the API's documentation shows them. */
export const LIMITS = {
  operations: 50,
  renditions: 12,
  /** Parts that one trim keeps or cuts out. */
  trimParts: 50,
  /** Seconds of sound that can be repeated: they are kept in memory. */
  loopSec: 600,
  /** Videos that one concat joins to the material. */
  concatVideos: 20,
  textLength: 10_000,
  /** Seconds: no source or output may be longer. */
  durationSec: 12 * 3600,
  /** Pixels of a picture's longer side: what players decode, and below what the encoder can. */
  sidePx: 8192,
  /** Pixels of its shorter side. */
  shorterSidePx: 4320,
  /** Pixels of the longest position or margin; the largest picture is 8192×4320. */
  positionPx: 8192,
  fontSizePx: 2000,
  outlinePx: 100,
  boxPaddingPx: 500,
  /** Frames a second. */
  frameRate: 240,
  assetNameLength: 128,
  /** Bytes of a file of subtitles. */
  subtitleBytes: 1024 ** 2,
  /** Cues of a file of subtitles, in all and at one moment. */
  subtitleCues: 20_000,
  subtitleCuesAtOnce: 50,
} as const

export const ASSET_NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** Why a picture is larger than any may be, to follow "is" or "would be"; null: it is not. */
export function excessOfPicture({
  width,
  height,
}: {
  readonly width: number
  readonly height: number
}): string | null {
  const isWithin = Math.max(width, height) <= LIMITS.sidePx && Math.min(width, height) <= LIMITS.shorterSidePx
  return isWithin ? null : `${width}×${height}, but ${LIMITS.sidePx}×${LIMITS.shorterSidePx} is the most`
}
