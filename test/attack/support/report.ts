import type { Attack } from './attacker.js'
import { percentile, type Seen } from './watch.js'

interface Result {
  readonly quiet: readonly Seen[]
  readonly seen: readonly Seen[]
  readonly state: Pick<Attack, 'answers' | 'faults'>
  readonly ended: ReadonlyMap<string, number>
}

/** What an attack has come to, for people. */
export function describeAttack({ quiet, seen, state, ended }: Result): string {
  const times = (kind: Seen['kind'], who: readonly Seen[]) =>
    [0.5, 0.99, 1].map((share) => `${Math.round(percentile(who, kind, share))} ms`).join(', ')
  return [
    'attack: times of the watched owner (median, p99, longest):',
    `  GET, quiet:         ${times('get', quiet)}`,
    `  GET, attacked:      ${times('get', seen)}`,
    `  upload, quiet:      ${times('upload', quiet)}`,
    `  upload, attacked:   ${times('upload', seen)}`,
    `attack: answers: ${list(state.answers)}`,
    `attack: jobs: ${list(ended)}`,
    `attack: ${state.faults.length} faults`,
    ...state.faults.slice(0, 20).map((fault) => `  ${fault}`),
  ].join('\n')
}

function list(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([what, count]) => `${count} × ${what}`).join(', ')
}
