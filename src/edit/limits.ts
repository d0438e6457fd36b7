/** Limits of an edit. The schemas enforce them, and the API's documentation shows them. */
export const LIMITS = {
  operations: 50,
  renditions: 12,
  /** Parts that one trim keeps or removes. */
  trimParts: 50,
  /** Seconds of sound that can be repeated, since they are held in memory. */
  loopSec: 600,
  /** Videos that one concat joins to the material. */
  concatVideos: 20,
  textLength: 10_000,
  textLines: 1000,
  /** Seconds: no source or output may be longer. */
  durationSec: 12 * 3600,
  /** Pixels of a picture's longer side: as much as players decode, and less than encoders take. */
  sidePx: 8192,
  /** Pixels of its shorter side. */
  shorterSidePx: 4320,
  /** Pixels of a position or margin. The largest picture is 8192×4320. */
  positionPx: 8192,
  fontSizePx: 2000,
  outlinePx: 100,
  boxPaddingPx: 500,
  /** Frames per second. */
  frameRate: 240,
  assetNameLength: 128,
  /** Bytes of a file of subtitles. */
  subtitleBytes: 1024 ** 2,
  /** Cues of a file of subtitles, in all and at the same time. */
  /** Characters of all texts of a plan as ffmpeg reads them, with their styles: about 10 files of subtitles of 1 MiB. */
  planChars: 16 * 1024 ** 2,
  subtitleCues: 20_000,
  subtitleCuesAtOnce: 50,
  /** Tiles of a sprite: a hundred sheets. */
  spriteTiles: 10_000,
  /** Tracks of subtitles, and of sound, that an output has. */
  subtitleTracks: 40,
  trackNameLength: 100,
  titleLength: 500,
  chapters: 200,
} as const

export const ASSET_NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** The size of a picture that is too large, to follow "is" or "would be"; null: the size is allowed. */
export function excessOfPicture({
  width,
  height,
}: {
  readonly width: number
  readonly height: number
}): string | null {
  const isWithin = Math.max(width, height) <= LIMITS.sidePx && Math.min(width, height) <= LIMITS.shorterSidePx
  return isWithin
    ? null
    : `${width}×${height}, which exceeds the maximum of ${LIMITS.sidePx}×${LIMITS.shorterSidePx}`
}
