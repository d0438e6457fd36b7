import Joi from 'joi'

/** Brings the sound to a loudness (EBU R 128), measured over its whole length, with one gain. */
export interface LoudnessOperation {
  readonly type: 'loudness'
  /** Integrated loudness: −14 for streaming, −16 for podcasts and phones, −23 for broadcasting. */
  readonly target_lufs: number
  /** Highest true peak in dBTP. Higher peaks are limited. */
  readonly true_peak_db: number
}

/** The fields of `loudness` without `type`. */
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
    .description('Highest true peak in dBTP; higher peaks are limited'),
}
