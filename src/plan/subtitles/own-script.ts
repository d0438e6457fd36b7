import { assTime } from './ass-file.js'
import type { AssFile } from './parse-ass.js'

/** Events begin this much later than in the file, so that no clock needs a negative time. */
export const LEAD_SEC = 1

/** The used parts of an ASS file, in its own styles, as given to libass. */
export function ownScript({ info, styleSection, styles, fields, events }: AssFile): string {
  const hasType = info.some((line) => /^scripttype:/i.test(line))
  const [startField, endField] = ['start', 'end'].map((name) =>
    fields.findIndex((field) => field.toLowerCase() === name),
  )
  return [
    '[Script Info]',
    ...(hasType ? [] : [`ScriptType: ${styleSection === '[V4 Styles]' ? 'v4.00' : 'v4.00+'}`]),
    ...info.filter((line) => !MATRIX.test(line)),
    // Since ffmpeg 6.1 colours would be changed as if they were meant for another matrix or range than the picture has.
    'YCbCr Matrix: None',
    '',
    styleSection,
    ...styles,
    '',
    '[Events]',
    `Format: ${fields.join(', ')}`,
    ...events.map((event) => {
      const values = event.fields.map((value, index) => {
        if (index === startField) return later(event.startCs)
        return index === endField ? later(event.endCs) : value
      })
      return `Dialogue: ${[...values, event.text].join(',')}`
    }),
    '',
  ].join('\n')
}

const MATRIX = /^ycbcr matrix:/i

function later(hundredths: number): string {
  return assTime(hundredths + LEAD_SEC * 100)
}
