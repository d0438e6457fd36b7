import Joi from 'joi'
import { assetNameSchema, seconds } from '../fields/common.js'

/** Another sound in place of the material's, or mixed with it. */
export interface ReplaceAudioOperation {
  readonly type: 'replace_audio'
  /** Name of an audio asset, or of a video asset with sound. */
  readonly audio: string
  readonly mode: 'replace' | 'mix'
  /** Where it begins, in seconds on the timeline. */
  readonly start_time: number
  /** Seconds of the asset to leave out at its start. */
  readonly offset: number
  /** What is heard of the asset begins again at its end, until the timeline ends. */
  readonly loop: boolean
  /** Seconds at the start and the end of what is heard; 0: none. */
  readonly fade_in: number
  readonly fade_out: number
  /** Decibels, of the asset's sound. */
  readonly volume_db: number
  /** `mix` only: one sound gives way while the other is heard; null: neither does. */
  readonly ducking: Ducking | null
}

export interface Ducking {
  /** The sound that gives way: the material's under a voice-over, the asset's under speech in the material. */
  readonly lower: 'material' | 'added'
  /** Decibels. */
  readonly amount_db: number
  /** Seconds that it takes to give way, and to come back. */
  readonly attack: number
  readonly release: number
}

const duckingSchema = Joi.object<Ducking>({
  lower: Joi.string()
    .valid('material', 'added')
    .default('material')
    .description("The sound that gives way: the material's under a voice-over, or the asset's under speech"),
  amount_db: Joi.number().min(3).max(40).default(12).description('Decibels by which it is lowered'),
  attack: Joi.number().min(0.01).max(2).default(0.05).description('Seconds that it takes to give way'),
  release: Joi.number().min(0.05).max(5).default(0.5).description('Seconds that it takes to come back'),
})

/** The fields of `replace_audio` beside its `type`. */
export const replaceAudioFields = {
  audio: assetNameSchema.required().description('Name of an audio asset, or of a video asset with sound'),
  mode: Joi.string()
    .valid('replace', 'mix')
    .default('replace')
    .description('Whether the sound of the material goes or stays'),
  start_time: seconds().default(0).description('Where it begins on the timeline, in seconds'),
  offset: seconds().default(0).description('Seconds of the asset to leave out at its start'),
  loop: Joi.boolean()
    .default(false)
    .description('Whether what is heard of the asset begins again at its end, until the picture ends'),
  fade_in: seconds().default(0).description('Seconds at the start of what is heard'),
  fade_out: seconds().default(0).description('Seconds at the end of what is heard'),
  volume_db: Joi.number().min(-60).max(20).default(0).description("Decibels, of the asset's sound"),
  ducking: duckingSchema
    .allow(null)
    .default(null)
    .description('"mix" only: one sound gives way while the other is heard; {} for the defaults; null: not'),
}
