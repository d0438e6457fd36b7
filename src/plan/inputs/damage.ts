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
  if (statedSec === null) return `The ${what} breaks off after ${found} s.`
  const stated = statedSec.toFixed(2)
  return kind === 'breaks-off'
    ? `The ${what} breaks off after ${found} s of ${stated} s.`
    : `Only ${found} s of ${stated} s of the ${what} are there.`
}
