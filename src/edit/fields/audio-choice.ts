import Joi from 'joi'

/** Which of several sound tracks an edit uses: one field or the other. */
export interface AudioChoice {
  /** Counted from 0, among the file's sound tracks. */
  readonly track?: number
  /** Language tag; two and three letters (`en`, `eng`) are the same. */
  readonly language?: string
}

export const audioChoiceSchema = Joi.object<AudioChoice>({
  track: Joi.number().integer().min(0).max(255).description('Counted from 0, among the sound tracks'),
  language: Joi.string()
    .pattern(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)
    .max(35)
    .messages({ 'string.pattern.base': '{{#label}} must be a language tag, e.g. "hi" or "pt-BR"' })
    .description('Language tag of the track, e.g. "hi" or "hin"'),
})
  .xor('track', 'language')
  .allow(null)
  .description('The sound track to use. Absent: the default track, or the first')
