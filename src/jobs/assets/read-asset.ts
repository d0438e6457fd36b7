import type { AssetSource } from '../../plan/model/sources.js'
import type { Asset } from '../model.js'
import type { ReadAtMost } from '../read-at-most.js'
import { readFont } from './fonts/read-font.js'
import { readSubtitleFile } from './read-subtitle-file.js'

/**
 * An asset as the compiler knows it. The database keeps only the kind of fonts and subtitles, so they are read again
 * for each plan.
 */
export async function readAsset(
  { name, kind, facts, filePath }: Pick<Asset, 'name' | 'kind' | 'facts' | 'filePath'>,
  read: ReadAtMost,
): Promise<AssetSource> {
  const source = { key: filePath, kind, facts }
  if (kind === 'font') return { ...source, font: await readFont(read) }
  return kind === 'subtitle' ? { ...source, subtitles: await readSubtitleFile(read, name) } : source
}
