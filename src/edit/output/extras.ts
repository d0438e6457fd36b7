import Joi from 'joi'
import { colorSchema } from '../fields/color.js'
import { LIMITS } from '../limits.js'

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

const pixels = (min: number, max: number) => Joi.number().integer().min(min).max(max)

export const extrasFields = {
  packaging: Joi.string()
    .valid(...PACKAGINGS)
    .description('Adaptive streaming of all renditions, from one set of CMAF segments; absent: none'),
  poster: Joi.boolean().strict().description('The sharpest of many frames, as a JPEG of 1280 pixels at most'),
  thumbnails: Joi.object<ThumbnailsRequest>({
    count: pixels(1, 100).default(5).description('Pictures at even distances'),
    width: pixels(16, 1920).default(320),
  })
    .allow(null)
    .description('A folder of JPEGs with a list, `thumbnails.json`'),
  sprite: Joi.object<SpriteRequest>({
    interval: Joi.number()
      .min(0.1)
      .max(LIMITS.durationSec)
      .allow(null)
      .default(null)
      .description('Seconds between tiles; null: 100 tiles at most, a second apart at least'),
    width: pixels(16, 640).default(160).description('Pixels of a tile'),
  })
    .allow(null)
    .description('Tiles for the seek bar on sheets of 100, with a WebVTT file, `sprite.vtt`'),
  waveform: Joi.object<WaveformRequest>({
    width: pixels(16, LIMITS.sidePx).default(1800),
    height: pixels(16, 2160).default(280),
    color: colorSchema().default('#2f6feb'),
  })
    .allow(null)
    .description('The level of the sound as a PNG with a transparent ground'),
}
