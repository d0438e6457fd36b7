import { assTime } from './ass-file.js'
import type { AssFile } from './parse-ass.js'

/** Its events begin so much later than the file has them: before that, no clock needs a negative time. */
export const LEAD_SEC = 1

/** An ASS file as it is given to libass: what is used of it, in its own styles. */
export function ownScript({ info, styleSection, styles, fields, events }: AssFile): string {
  const hasType = info.some((line) => /^scripttype:/i.test(line))
  const [startField, endField] = ['start', 'end'].map((name) =>
    fields.findIndex((field) => field.toLowerCase() === name),
  )
  return [
    '[Script Info]',
    ...(hasType ? [] : [`ScriptType: ${styleSection === '[V4 Styles]' ? 'v4.00' : 'v4.00+'}`]),
    ...info,
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

function later(hundredths: number): string {
  return assTime(hundredths + LEAD_SEC * 100)
}
