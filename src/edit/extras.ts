/** What a job makes of its finished renditions besides handing them out. */
export interface Extras {
  /** Segments for adaptive streaming, from all renditions. */
  readonly packaging: Packaging
  /** The sharpest of many frames. */
  readonly poster: boolean
  readonly thumbnails: ThumbnailsRequest | null
  readonly sprite: SpriteRequest | null
  readonly waveform: WaveformRequest | null
}

export const PACKAGINGS = ['none', 'hls', 'dash', 'hls+dash'] as const

export type Packaging = (typeof PACKAGINGS)[number]

export interface ThumbnailsRequest {
  /** Pictures at even distances. */
  readonly count: number
  /** Pixels. */
  readonly width: number
}

export interface SpriteRequest {
  /** Seconds between tiles; null: as many as fit on one sheet, a second at least. */
  readonly interval: number | null
  /** Pixels of a tile. */
  readonly width: number
}

export interface WaveformRequest {
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly color: string
}

export const NO_EXTRAS: Extras = {
  packaging: 'none',
  poster: false,
  thumbnails: null,
  sprite: null,
  waveform: null,
}
