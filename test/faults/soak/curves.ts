import { type Sample, SERVICES } from './samples.js'
import { formatTable } from './table.js'

const POINTS = ['start', '1/4', '1/2', '3/4', 'end', 'max'] as const

/** One measure of each service, over the life of its process that lived longest. */
export function formatCurves(samples: readonly Sample[], measure: 'rssMib' | 'fds'): string {
  const rows = SERVICES.map((service) => {
    const lives = livesOf(samples.filter((one) => one.service === service))
    const longest = lives.reduce<readonly Sample[]>((a, b) => (b.length > a.length ? b : a), [])
    const [first] = longest
    const seconds = first ? Math.round((longest.at(-1)?.atSec ?? 0) - first.atSec) : 0
    return [service, lives.length, `${seconds} s`, ...pointsOf(longest.map((one) => one[measure]))]
  })
  return formatTable([['', 'processes', 'longest', ...POINTS], ...rows])
}

function livesOf(samples: readonly Sample[]): Sample[][] {
  const lives = new Map<number, Sample[]>()
  for (const one of samples) lives.set(one.pid, [...(lives.get(one.pid) ?? []), one])
  return [...lives.values()]
}

function pointsOf(values: readonly number[]): number[] {
  const at = (share: number) => Math.round(values[Math.floor(share * (values.length - 1))] ?? 0)
  return [at(0), at(0.25), at(0.5), at(0.75), at(1), Math.round(Math.max(0, ...values))]
}
