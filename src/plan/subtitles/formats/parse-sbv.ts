import { DEFAULT_POSITION } from '../cue.js'
import { type CueFile, gatherCues } from '../cue-file.js'
import { parseMarkup } from '../parse-markup.js'
import { isBlank } from '../split-lines.js'
import { cueText } from './parse-srt.js'
import { commaTiming } from './timing.js'

/**
 * Reads SBV, the format of YouTube's editor: two times with a comma between them, the text, an empty line.
 * @throws SubtitleFault when nothing is left
 */
export function parseSbv(lines: readonly string[]): CueFile {
  const gatherer = gatherCues()
  const headings = lines.flatMap((line, index) => {
    const timing = commaTiming(line)
    return timing ? [{ index, timing }] : []
  })
  lines.slice(0, headings[0]?.index ?? lines.length).forEach((line, index) => {
    if (!isBlank(line)) gatherer.leaveOut(index + 1, 'is not two times like 0:01:02.500,0:01:04.000')
  })
  headings.forEach(({ index, timing }, count) => {
    const text = cueText(lines.slice(index + 1, headings[count + 1]?.index ?? lines.length))
    gatherer.add({ ...timing, ...parseMarkup(text.replaceAll('[br]', '\n'), DEFAULT_POSITION) }, index + 1)
  })
  return gatherer.finish()
}
