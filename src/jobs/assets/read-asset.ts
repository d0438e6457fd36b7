import type { AssetSource } from '../../plan/model/sources.js'
import type { Asset } from '../model.js'
import { readFont } from './fonts/read-font.js'
import { readSubtitleFile, subtitleFormat } from './read-subtitle-file.js'

/**
 * An asset as the compiler knows it. The database keeps no more of fonts and subtitles than their kind: they are
 * read anew for each plan.
 * @param path absolute
 */
export async function readAsset(
  { name, kind, facts, filePath }: Pick<Asset, 'name' | 'kind' | 'facts' | 'filePath'>,
  path: string,
): Promise<AssetSource> {
  const source = { key: filePath, kind, facts }
  if (kind === 'font') return { ...source, font: await readFont(path) }
  const format = kind === 'subtitle' ? subtitleFormat(name) : null
  return format ? { ...source, subtitles: await readSubtitleFile(path, format) } : source
}
