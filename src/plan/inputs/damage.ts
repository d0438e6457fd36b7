import type { Damage, MediaFacts } from '../model/facts.js'

/** What a scan has found missing from a file, in sentences for people; null: nothing. */
export function describeDamage({ video, audio, emptyTracks = 0 }: MediaFacts): string | null {
  const sound = audio.find(({ damage }) => damage)?.damage
  const sentences = [
    ...(video?.damage ? [describe('picture', video.damage)] : []),
    ...(sound ? [describe('sound', sound)] : []),
    ...(emptyTracks > 0 ? ['A sound track is empty.'] : []),
  ]
  return sentences.join(' ') || null
}

function describe(what: string, { kind, foundSec, statedSec }: Damage): string {
  const found = foundSec.toFixed(2)
  if (statedSec === null) return `The ${what} ends early, after ${found} s.`
  const stated = statedSec.toFixed(2)
  return kind === 'breaks-off'
    ? `The ${what} ends early, after ${found} s of ${stated} s.`
    : `Only ${found} s of ${stated} s of the ${what} are there.`
}

/** What stands behind the end of a file and is not read; null: nothing. */
export function describeRest({ bytesBehind = 0, sizeBytes }: MediaFacts): string | null {
  if (bytesBehind === 0) return null
  const percent = Math.max(1, Math.round((100 * bytesBehind) / sizeBytes))
  return (
    `Another file begins behind the end of this one: its ${bytesBehind} bytes, ${percent} % of all, are left out. ` +
    'Upload the two by themselves and join them with "concat".'
  )
}
