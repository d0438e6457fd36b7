import Joi from 'joi'
import { LIMITS } from '../limits.js'
import { USUAL_CONTAINER } from './containers.js'
import { extrasFields } from './extras.js'
import {
  AUDIO_CODECS,
  BIT_DEPTHS,
  CHANNEL_COUNTS,
  CONTAINERS,
  ENCODER_PRESETS,
  VIDEO_CODECS,
} from './formats.js'
import { type OutputRequest, PRESET_NAMES } from './output.js'
import { PRESETS } from './presets.js'
import {
  animations,
  bitDepths,
  codecsWithoutBitRate,
  hdrCodecs,
  largestRateFactor,
  rateFactors,
  soundContainers,
  surroundCodecs,
  usualAudioCodecs,
  usualBitRates,
  usualVideoCodecs,
} from './prose.js'
import { QUALITY_NAMES } from './qualities.js'
import { RENDITION_FITS, type RenditionRequest } from './renditions.js'
import { tracksFields } from './tracks.js'

export const qualitiesSchema = Joi.array()
  .items(Joi.string().valid(...QUALITY_NAMES))
  .min(1)
  .unique()
  .description("Renditions by the picture's shorter side. What the video already is is copied")

const pixels = () => Joi.number().integer().min(16).max(LIMITS.sidePx).allow(null)

/** Names of files that a job makes from its renditions. */
const TAKEN_NAMES = ['poster', 'thumbnails', 'sprite', 'waveform', 'stream', 'hls', 'dash'] as const

const renditionSchema = Joi.object<RenditionRequest>({
  name: Joi.string()
    .pattern(/^[a-z0-9][a-z0-9_-]{0,62}$/)
    .invalid(...TAKEN_NAMES)
    .required()
    .messages({
      'string.pattern.base':
        '{{#label}} must be lower-case letters, digits, "_" and "-", and start with a letter or digit',
      'any.invalid': `{{#label}} must not be one of these names, which other outputs have: ${TAKEN_NAMES.join(', ')}`,
    })
    .description('Unique within the job; the name of the file'),
  quality: Joi.string()
    .valid(...QUALITY_NAMES)
    .allow(null)
    .description(
      'A rung of the ladder by its shorter side, with its bit rate cap; instead of width and height',
    ),
  width: pixels().description('Pixels; absent: by height and the aspect ratio'),
  height: pixels().description(
    'Pixels; absent: by width and the aspect ratio, or with both absent the size of the edited picture',
  ),
  fit: Joi.string()
    .valid(...RENDITION_FITS)
    .description(
      'For a picture of another shape: `fit` shows all of it within width and height; `pad` fills the exact size ' +
        'with black, `blur` with the blurred picture itself; `fill` cuts what juts out. Absent: fit',
    ),
  video_codec: Joi.string()
    .valid(...VIDEO_CODECS)
    .allow(null)
    .description(`Absent: ${usualVideoCodecs()}`),
  crf: Joi.number()
    .min(0)
    .max(largestRateFactor())
    .allow(null)
    .description(`Constant rate factor: ${rateFactors()}`),
  max_bit_rate: Joi.number()
    .integer()
    .min(50_000)
    .max(200_000_000)
    .allow(null)
    .description("Bits per second of the picture; absent: the rung's cap, or none"),
  preset: Joi.string()
    .valid(...ENCODER_PRESETS)
    .description('Speed of the encoder by the names of x264; slower gives smaller files. Absent: medium'),
  frame_rate: Joi.number()
    .min(1)
    .max(LIMITS.frameRate)
    .allow(null)
    .description(`Frames per second; absent: the video's own rate, in ${animations()} at most 25`),
  bit_depth: Joi.number()
    .valid(...BIT_DEPTHS)
    .description(
      `Bits per sample: ${bitDepths()}; absent: the codec's lowest. With 10 bits, ${hdrCodecs()} keep HDR as it is`,
    ),
  audio_codec: Joi.string()
    .valid(...AUDIO_CODECS)
    .allow(null)
    .description(`Absent: ${usualAudioCodecs()}`),
  audio_bit_rate: Joi.number()
    .integer()
    .min(32_000)
    .max(320_000)
    .allow(null)
    .description(
      `Bits per second of the sound; absent: ${usualBitRates()}, three times that in 5.1. ${codecsWithoutBitRate()} have none`,
    ),
  audio_channels: Joi.number()
    .valid(...CHANNEL_COUNTS)
    .allow(null)
    .description(
      `Channels at most: 6 keeps 5.1 in ${surroundCodecs()}; sound in stereo stays so. Absent: 2; a file for which no ` +
        'rendition is named keeps those of the video, up to 6',
    ),
})
  .oxor('quality', 'width', { isPresent: isGiven })
  .oxor('quality', 'height', { isPresent: isGiven })

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

const presetList = PRESET_NAMES.map((name) => `\`${name}\`: ${PRESETS[name].description}`).join('. ')

export const outputSchema = Joi.object<OutputRequest>({
  preset: Joi.string()
    .valid(...PRESET_NAMES)
    .allow(null)
    .description(`An output that has a name; other fields replace those of the preset. ${presetList}`),
  qualities: qualitiesSchema.description(
    "Renditions by the picture's shorter side. Without them and `renditions` there is one file, `edited` or `audio`, " +
      'at the size of the edited picture; with `packaging` at most three, none larger than the edited picture. A ' +
      'rendition that the unedited video already is, with key frames every two seconds, is copied',
  ),
  renditions: Joi.array()
    .items(renditionSchema)
    .min(1)
    .max(LIMITS.renditions)
    .unique('name')
    .description('Files with codecs and sizes of your choice, instead of `qualities`, and copied like these'),
  container: Joi.string()
    .valid(...CONTAINERS)
    .description(
      `Container of all renditions; absent: ${USUAL_CONTAINER}. ${animations()} hold moving pictures without sound, ` +
        `${soundContainers()} hold sound alone`,
    ),
  upscale: Joi.boolean()
    .strict()
    .description(
      'false: rungs above the edited picture are left out; if none remains, the smallest is kept. Absent: true',
    ),
  ...tracksFields,
  ...extrasFields,
})
  .oxor('qualities', 'renditions')
  .allow(null)
  .description("Absent: one file at the edited picture's own size")
