import Joi from 'joi'
import { assetNameSchema, seconds } from '../fields/common.js'

/** Replaces the material's sound by another one, or mixes the two. */
export interface ReplaceAudioOperation {
  readonly type: 'replace_audio'
  /** Name of an audio asset, or of a video asset with sound. */
  readonly audio: string
  readonly mode: 'replace' | 'mix'
  /** Where the asset's sound starts, in seconds on the timeline. */
  readonly start_time: number
  /** Seconds to leave out at the start of the asset. */
  readonly offset: number
  /** The asset's sound starts again at its end, until the timeline ends. */
  readonly loop: boolean
  /** Seconds at the start and the end of what is heard; 0: no fade. */
  readonly fade_in: number
  readonly fade_out: number
  /** Gain of the asset's sound in decibels. */
  readonly volume_db: number
  /** `mix` only: one sound is lowered while the other is heard; null: neither is. */
  readonly ducking: Ducking | null
}

export interface Ducking {
  /** The sound that is lowered: the material's under a voice-over, or the asset's under speech in the material. */
  readonly lower: 'material' | 'added'
  /** Decibels. */
  readonly amount_db: number
  /** Seconds that it takes to be lowered, and to come back. */
  readonly attack: number
  readonly release: number
}

const duckingSchema = Joi.object<Ducking>({
  lower: Joi.string()
    .valid('material', 'added')
    .default('material')
    .description("The sound that is lowered: the material's under a voice-over, or the asset's under speech"),
  amount_db: Joi.number().min(3).max(40).default(12).description('Decibels by which it is lowered'),
  attack: Joi.number().min(0.01).max(2).default(0.05).description('Seconds that it takes to be lowered'),
  release: Joi.number().min(0.05).max(5).default(0.5).description('Seconds that it takes to come back'),
})

/** The fields of `replace_audio` without `type`. */
export const replaceAudioFields = {
  audio: assetNameSchema.required().description('Name of an audio asset, or of a video asset with sound'),
  mode: Joi.string()
    .valid('replace', 'mix')
    .default('replace')
    .description('`replace` removes the sound of the material, `mix` keeps it'),
  start_time: seconds().default(0).description('Where it starts on the timeline, in seconds'),
  offset: seconds().default(0).description('Seconds to leave out at the start of the asset'),
  loop: Joi.boolean()
    .default(false)
    .description('Whether it starts again at its end, until the picture ends'),
  fade_in: seconds().default(0).description('Seconds of the fade-in at the start of what is heard'),
  fade_out: seconds().default(0).description('Seconds of the fade-out at the end of what is heard'),
  volume_db: Joi.number().min(-60).max(20).default(0).description("Gain of the asset's sound in decibels"),
  ducking: duckingSchema
    .allow(null)
    .default(null)
    .description(
      '"mix" only: one sound is lowered while the other is heard; {}: with the defaults; null: none is lowered',
    ),
}
