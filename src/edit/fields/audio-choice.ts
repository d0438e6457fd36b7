import Joi from 'joi'
import { languageSchema } from './language.js'

/** How more than two channels become two. */
export const DOWNMIXES = ['scaled', 'dialogue'] as const

/** The sound that an edit uses: which of several tracks (one field or the other), and how. */
export interface AudioChoice {
  /** Counted from 0, among the file's sound tracks. */
  readonly track?: number
  /** Language tag; two and three letters (`en`, `eng`) are the same. */
  readonly language?: string
  /** Absent: `scaled`. */
  readonly downmix?: (typeof DOWNMIXES)[number]
  /** Whether peaks that mixing and gain make are limited. Absent: true. */
  readonly limit?: boolean
}

/** Whether an edit names its sound track. */
export function namesTrack(choice: AudioChoice | null): boolean {
  return choice?.track !== undefined || choice?.language !== undefined
}

export const audioChoiceSchema = Joi.object<AudioChoice>({
  track: Joi.number().integer().min(0).max(255).description('Number of the sound track, counted from 0'),
  language: languageSchema().description('Language tag of the track, e.g. "hi" or "hin"'),
  downmix: Joi.string()
    .valid(...DOWNMIXES)
    .description(
      'How more than two channels become stereo: `scaled` so that nothing can clip; `dialogue` with the front at its own ' +
        'level and the centre 3 dB below it, so that speech stays loud, and with peaks limited. Absent: `scaled`',
    ),
  limit: Joi.boolean()
    .strict()
    .description(
      'Whether peaks above -1 dBTP are limited where sounds are mixed or made louder; sound that is left as it is has ' +
        'no limiter. Absent: true',
    ),
})
  .oxor('track', 'language')
  .allow(null)
  .description('The sound track to use, and how. Absent: the default track, or the first')
