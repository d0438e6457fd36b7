import Joi from 'joi'
import { colorSchema } from '../fields/color.js'
import { LIMITS } from '../limits.js'

/** What a job makes from its finished renditions. */
export interface Extras {
  /** Segments for adaptive streaming of all renditions. */
  readonly packaging: Packaging
  /** What an HLS stream has besides its renditions. */
  readonly hls: HlsRequest | null
  /** A picture of the sharpest of many frames. */
  readonly poster: boolean
  readonly thumbnails: ThumbnailsRequest | null
  readonly sprite: SpriteRequest | null
  readonly waveform: WaveformRequest | null
}

export const PACKAGINGS = ['none', 'hls', 'dash', 'hls+dash'] as const

export type Packaging = (typeof PACKAGINGS)[number]

export interface HlsRequest {
  /** A variant of the sound without pictures. */
  readonly audio_only: boolean
  /** A playlist of key frames for each rendition. */
  readonly i_frames: boolean
}

export interface ThumbnailsRequest {
  /** Number of pictures, at equal intervals. */
  readonly count: number
  /** Pixels. */
  readonly width: number
}

export interface SpriteRequest {
  /** Seconds between tiles; null: at least 1, and so long that all tiles fit on one sheet. */
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
  hls: null,
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
  hls: Joi.object<HlsRequest>({
    audio_only: Joi.boolean()
      .strict()
      .default(false)
      .description('A variant of the sound alone, to which players fall back on a slow network'),
    i_frames: Joi.boolean()
      .strict()
      .default(false)
      .description('A playlist of key frames for each rendition, which players show while the user winds'),
  })
    .allow(null)
    .description('What an HLS stream has besides its renditions'),
  poster: Joi.boolean().strict().description('The sharpest of many frames, as a JPEG of at most 1280 pixels'),
  thumbnails: Joi.object<ThumbnailsRequest>({
    count: pixels(1, 100).default(5).description('Number of pictures, at equal intervals'),
    width: pixels(16, 1920).default(320).description('Pixels of a picture'),
  })
    .allow(null)
    .description('A folder of JPEGs with their list, `thumbnails.json`'),
  sprite: Joi.object<SpriteRequest>({
    interval: Joi.number()
      .min(0.1)
      .max(LIMITS.durationSec)
      .allow(null)
      .default(null)
      .description('Seconds between tiles; null: at least 1, and so long that there are at most 100 tiles'),
    width: pixels(16, 640).default(160).description('Pixels of a tile'),
  })
    .allow(null)
    .description(
      `Small pictures for the seek bar, 100 per sheet and at most ${LIMITS.spriteTiles}, with a WebVTT file, ` +
        '`sprite.vtt`',
    ),
  waveform: Joi.object<WaveformRequest>({
    width: pixels(16, LIMITS.sidePx).default(1800).description('Pixels'),
    height: pixels(16, 2160).default(280).description('Pixels'),
    color: colorSchema().default('#2f6feb').description('Colour of the wave'),
  })
    .allow(null)
    .description('The level of the sound as a PNG with a transparent background'),
}
