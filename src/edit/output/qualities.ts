/**
 * The ladder. The name of a quality is the displayed picture's shorter side: a portrait source of 1080×1920 gives
 * 720×1280 at `720p`.
 */
export const QUALITY_NAMES = ['2160p', '1440p', '1080p', '720p', '480p', '360p', '240p'] as const

export type QualityName = (typeof QUALITY_NAMES)[number]

export const DEFAULT_QUALITIES: readonly QualityName[] = ['1080p', '720p', '480p']

interface Quality {
  /** Pixels of the displayed picture's shorter side. */
  readonly shortSide: number
  /** Cap of the video bit rate in bits per second, from the REST contract. */
  readonly maxBitRate: number
}

export const QUALITIES: Readonly<Record<QualityName, Quality>> = {
  '2160p': { shortSide: 2160, maxBitRate: 18_000_000 },
  '1440p': { shortSide: 1440, maxBitRate: 9_000_000 },
  '1080p': { shortSide: 1080, maxBitRate: 5_000_000 },
  '720p': { shortSide: 720, maxBitRate: 2_500_000 },
  '480p': { shortSide: 480, maxBitRate: 1_000_000 },
  '360p': { shortSide: 360, maxBitRate: 600_000 },
  '240p': { shortSide: 240, maxBitRate: 350_000 },
}
