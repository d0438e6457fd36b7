import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SEED } from '../support/form.js'
import { describeKills, type Kills } from '../support/killer.js'
import type { Outcome } from '../support/nothing-lost.js'
import type { JobRecord } from '../support/rows.js'
import { formatCurves } from './curves.js'
import { MINUTES } from './form.js'
import type { AtRest } from './growth.js'
import { DEEDS, type Ledger } from './ledger.js'
import type { Samples } from './samples.js'
import { formatTable } from './table.js'

export interface Report {
  readonly ledger: Ledger
  readonly kills: Kills
  readonly samples: Samples
  readonly jobs: readonly JobRecord[]
  /** null: something was lost. */
  readonly outcome: Outcome | null
  readonly files: { readonly before: AtRest; readonly after: AtRest | null }
  /** Seconds that the judgement took, decoding included. */
  readonly judgedSec: number
}

const ENDS = ['completed', 'failed', 'cancelled'] as const

export function formatReport(report: Report): string {
  const { ledger, kills, samples, jobs, outcome, files } = report
  const types = [...new Set(jobs.map(({ type }) => type))].sort()
  const endsOf = (type: string) =>
    ENDS.map((end) => jobs.filter((job) => job.type === type && job.status === end).length)
  const known = samples.queue.flatMap((depth) => depth ?? [])
  const deleted = [...ledger.held.values()].filter(({ isDeleted }) => isDeleted).length
  return [
    `Soak: ${MINUTES} min, seed ${SEED}`,
    `Kills: ${describeKills(kills)}`,
    `Queue: ${Math.round(mean(known))} jobs on average, ${Math.max(0, ...known)} at most`,
    `Jobs: ${ledger.held.size} accepted, ${deleted} deleted since; those that are left:`,
    formatTable([['', ...ENDS], ...types.map((type) => [type, ...endsOf(type)])]),
    'Clients:',
    formatTable(DEEDS.map((deed) => [deed, ledger.deeds.get(deed) ?? 0])),
    'Requests by status:',
    formatTable([...ledger.requests].sort(([a], [b]) => (a < b ? -1 : 1))),
    outcome
      ? `Nothing lost: ${outcome.films} films decoded, 0 leftovers (${report.judgedSec} s); ${outcome.lateJobs} jobs had late outputs, which housekeeping took`
      : 'SOMETHING IS LOST: see the failure',
    `Wrong answers: ${ledger.faults.length}`,
    `Open files at rest: api ${files.before.api} → ${files.after?.api ?? '?'}, worker ${files.before.worker} → ${files.after?.worker ?? '?'}`,
    'RSS in MiB, of the process that lived longest (PostgreSQL: all its processes):',
    formatCurves(samples.services, 'rssMib'),
    'Open files of the same:',
    formatCurves(samples.services, 'fds'),
  ].join('\n')
}

/** All measurements, for whoever wants to draw the curves. */
export async function writeReport(file: string, report: Report): Promise<void> {
  const { ledger, ...rest } = report
  const plain = {
    minutes: MINUTES,
    seed: SEED,
    ...rest,
    deeds: Object.fromEntries(ledger.deeds),
    requests: Object.fromEntries(ledger.requests),
    faults: ledger.faults,
  }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(plain))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
