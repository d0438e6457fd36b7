import type { Warning } from '../model/plan.js'
import type { SubtitleFile } from '../model/sources.js'
import type { LeftOut } from './cue-file.js'
import type { Subtitles } from './read-subtitles.js'

/** So many lines are named; the others are counted. */
const MAX_NAMED = 10

/** What the user should know of a file of subtitles that is used. */
export function readingWarnings(
  name: string,
  { guessedEncoding }: Pick<SubtitleFile, 'guessedEncoding'>,
  subtitles: Subtitles,
): Warning[] {
  const warnings: Warning[] = []
  if (guessedEncoding !== undefined) {
    const advice = 'If letters are wrong, save the file as UTF-8.'
    const message = `"${name}" does not say how its characters are encoded, and was read as ${guessedEncoding}. ${advice}`
    warnings.push({ code: 'subtitles-encoding-guessed', message })
  }
  if (subtitles.kind === 'cues' && subtitles.leftOut.length > 0) {
    const message = `Some of "${name}" is not shown: ${nameLines(subtitles.leftOut)}.`
    warnings.push({ code: 'subtitles-left-out', message })
  }
  return warnings
}

/** `line 2 ends before it begins, line 9 …, and 4 more`. */
function nameLines(leftOut: readonly LeftOut[]): string {
  const named = leftOut.slice(0, MAX_NAMED).map(({ line, why }) => `line ${line} ${why}`)
  const more = leftOut.length - named.length
  return named.join('; ') + (more > 0 ? `; and ${more} more` : '')
}
