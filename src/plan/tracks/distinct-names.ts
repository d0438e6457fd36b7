import type { Findings } from '../context.js'

export interface Nameable {
  readonly name: string
  /** The client has named it. */
  readonly isNamed: boolean
  readonly isDefault: boolean
  /** Where the client asks for the track; null: it asks for all. */
  readonly pointer: string | null
}

/**
 * The tracks of one kind with names that differ, since players list them by these: those that clients give have to, others
 * are numbered. One track at most is the default one.
 */
export function distinctNames<Track extends Nameable>(
  tracks: readonly Track[],
  findings: Findings,
): readonly Track[] {
  const taken = new Set<string>()
  for (const { name, isNamed, pointer } of tracks) {
    if (!isNamed) continue
    if (taken.has(name)) findings.reject(`${pointer}/name`, `another track is called "${name}", too`)
    taken.add(name)
  }
  const [standard, ...others] = tracks.filter(({ isDefault }) => isDefault)
  for (const { pointer } of others) {
    if (pointer !== null) findings.reject(`${pointer}/default`, 'another track is the default one already')
  }
  return tracks.map((track) => {
    const name = track.isNamed ? track.name : freeName(track.name, taken)
    taken.add(name)
    return { ...track, name, isDefault: track === standard }
  })
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let count = 1
  let free = name
  while (taken.has(free)) free = `${name} ${(count += 1)}`
  return free
}
