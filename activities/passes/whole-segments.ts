import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../src/errors.js'
import { hasWholeBoxes } from '../../src/media/mp4/whole-boxes.js'

/**
 * Makes sure that a folder of segments has everything that its manifest names: ffmpeg's DASH muxer ends well even when
 * the disk is full.
 * @throws AppError `output-invalid`
 */
export async function requireWholeSegments(folder: string): Promise<void> {
  const manifest = await readText(join(folder, 'manifest.mpd'))
  const ids = [...manifest.matchAll(/<Representation\s[^>]*?\bid="(\d+)"/g)].map(([, id]) => id)
  if (ids.length === 0 || !manifest.trimEnd().endsWith('</MPD>')) throw invalid('The manifest')
  for (const id of ids) {
    const playlist = await readText(join(folder, `media_${id}.m3u8`))
    if (!playlist.includes('#EXT-X-ENDLIST')) throw invalid('A playlist')
    for (const name of namesIn(playlist)) {
      if (!(await hasWholeBoxes(join(folder, name)))) throw invalid('A segment')
    }
  }
}

/** Names of the segments and of the initialisation segments before them. */
function namesIn(playlist: string): string[] {
  const heads = [...playlist.matchAll(/#EXT-X-MAP:URI="([^"]+)"/g)].flatMap(([, name]) => name ?? [])
  return [...heads, ...playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'))]
}

/** The text of a file; empty when there is none. */
async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

function invalid(what: string): AppError {
  return new AppError('output-invalid', `${what} is incomplete. The disk may have been full.`)
}
