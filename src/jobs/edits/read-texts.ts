import { LIMITS } from '../../edit/limits.js'
import type { Source, SubtitleFile } from '../../plan/model/sources.js'
import type { JobsDeps } from '../deps.js'
import { requestFolder } from '../keys.js'
import type { MediaProber } from '../ports/prober.js'
import { withFetched } from '../stored-files.js'

/**
 * Tracks of text of a video, by their numbers; those that it does not have are left out. They are read again for each
 * plan, since few edits keep them. null: none is asked for.
 * @throws AppError `source-damaged`
 */
export async function readTexts(
  deps: Pick<JobsDeps, 'storage' | 'workFolders'> & { readonly prober: MediaProber },
  numbers: readonly number[],
  { key, facts }: Source,
): Promise<ReadonlyMap<number, SubtitleFile | null> | null> {
  const wanted = numbers.flatMap((number) => {
    const text = facts.texts?.[number]
    return text ? [{ number, index: text.index }] : []
  })
  if (wanted.length === 0) return null
  return withFetched(deps, requestFolder(), key, async (path) => {
    const texts = new Map<number, SubtitleFile | null>()
    for (const { number, index } of wanted) {
      const text = await deps.prober.readText(path, facts, { index, maxBytes: LIMITS.subtitleBytes })
      texts.set(number, text === null ? null : { format: 'srt', text })
    }
    return texts
  })
}
