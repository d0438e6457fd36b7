import Joi from 'joi'

/** Brings the sound to a loudness (EBU R 128), measured over all of it, with one gain. */
export interface LoudnessOperation {
  readonly type: 'loudness'
  /** Integrated loudness: −14 for streaming, −16 for podcasts and telephones, −23 for broadcasting. */
  readonly target_lufs: number
  /** The highest true peak in dBTP: what would be higher is limited. */
  readonly true_peak_db: number
}

/** The fields of `loudness` beside its `type`. */
export const loudnessFields = {
  target_lufs: Joi.number()
    .min(-31)
    .max(-5)
    .default(-16)
    .description('Integrated loudness in LUFS: -14 for streaming, -16 for the web, -23 for broadcasting'),
  true_peak_db: Joi.number()
    .min(-9)
    .max(0)
    .default(-1)
    .description('Highest true peak in dBTP: peaks above it are limited'),
}
