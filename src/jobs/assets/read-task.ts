import type { FontFacts } from '../../plan/model/font-facts.js'
import type { SubtitleFormat } from '../../plan/model/sources.js'
import type { FontTask, ReadTask } from '../ports/calculations.js'
import { localReader } from '../read-at-most.js'
import { readFont } from './fonts/read-font.js'
import { holdsSubtitles, readSubtitleFile } from './read-subtitle-file.js'

/** @throws AppError `unsupported-media` */
export function runFontTask({ path }: FontTask): Promise<FontFacts> {
  return readFont(localReader(path))
}

/**
 * Reads an asset that is text or a font.
 * @returns the format of subtitles; null: it is a font, or for `any` it has no subtitles
 * @throws AppError `unsupported-media`
 */
export async function runReadTask({ as, name, path }: ReadTask): Promise<SubtitleFormat | null> {
  const read = localReader(path)
  if (as === 'font') {
    await readFont(read)
    return null
  }
  if (as === 'any' && !(await holdsSubtitles(read))) return null
  return (await readSubtitleFile(read, name)).format
}
