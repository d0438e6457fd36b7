import Joi from 'joi'

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
