import type { FontFacts } from '../../plan/model/font-facts.js'
import type { AssetSource } from '../../plan/model/sources.js'
import type { Asset } from '../model.js'
import type { ReadAtMost } from '../read-at-most.js'
import { readFont } from './fonts/read-font.js'
import { readSubtitleFile } from './read-subtitle-file.js'

/**
 * An asset as the compiler knows it. The database keeps only the kind of subtitles, so they are read again for each plan.
 * @param known facts of a font that were kept, or what reads fonts and subtitles
 */
export async function readAsset(
  { name, kind, facts, filePath }: Pick<Asset, 'name' | 'kind' | 'facts' | 'filePath'>,
  known: ReadAtMost | FontFacts,
): Promise<AssetSource> {
  const source = { key: filePath, kind, facts }
  if (typeof known !== 'function') return { ...source, font: known }
  if (kind === 'font') return { ...source, font: await readFont(known) }
  return kind === 'subtitle' ? { ...source, subtitles: await readSubtitleFile(known, name) } : source
}
