import { GOAL_HEADINGS, goalCells, ROW_HEADINGS, rowCells } from './cells.mjs'
import { WHAT_IS_WHAT } from './readme-rows.mjs'
import { markdownTable } from './table.mjs'

/** @import { Check, Results, Row, ScalingStep } from './types.d.ts' */

/**
 * bench/README.md: how to run the benchmark, what was found and on what machine, and what each row is.
 * @param {Results} results
 */
export function formatReadme(results) {
  const sections = [
    '# Benchmark',
    ABOUT,
    HOW_TO_RUN,
    '## Goals',
    markdownTable(GOAL_HEADINGS, goalCells(results.goals)),
    '## Rows',
    markdownTable(ROW_HEADINGS, rowCells(results.rows)),
    RATIO,
    ...detailSections(results.rows),
    '## Checks',
    results.checks.map(checkLine).join('\n'),
    '## Machine',
    machineTable(results),
    WHAT_IS_WHAT,
  ]
  return `${sections.join('\n\n')}\n`
}

const ABOUT =
  '`npm run bench` writes this page and `results.json`. All numbers are from one run on one machine: ratios carry over ' +
  'to other machines, seconds do not.'

const HOW_TO_RUN = `\`\`\`sh
npm run bench                                    # all of it, 30 minutes on 2 cores
npm run bench -- --only composite                # one group, or rows: --only smart-trim,full-reencode
npm run bench -- --quick                         # small and short, to see whether it runs
npm run bench -- --input FILE --repeat 5         # other material, more repetitions
\`\`\`

A fresh clone needs nothing else. Only a whole run writes to this folder; \`--only\` and \`--quick\` write to
\`data/bench/\`. The exit code is 0 when a goal is missed, which is a finding, and 1 when a check fails. Nothing else
should run on the machine meanwhile.`

const RATIO =
  'Wall, CPU and memory are medians of the runs. The ratio of a composite row is its wall time against the platform’s; ' +
  'the ratio of a trim or the overlay says how many times faster than the full re-encode it is.'

/** @param {readonly Row[]} rows */
function detailSections(rows) {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const composite = byId.get('composite-platform')
  const latency = byId.get('latency')
  const requests = ['status-requests', 'submissions'].flatMap((id) => byId.get(id) ?? [])
  const { steps = [], ideal_s: ideal = 0 } = byId.get('scaling') ?? {}
  const sections = []
  if (composite) {
    sections.push(
      `Of the platform’s ${composite.cpu_s} CPU seconds for the composite edit, ${composite.services_cpu_s} are the ` +
        'services’: API, worker, Temporal and PostgreSQL without ffmpeg.',
    )
  }
  if (latency)
    sections.push(`Latency: ${latency.wall_s} s, of which ffmpeg alone takes ${latency.ffmpeg_s} s.`)
  if (requests.length > 0) sections.push(requestTable(requests))
  if (steps.length > 0) sections.push(scalingTable(steps, ideal))
  return sections
}

/** @param {readonly Row[]} rows */
function requestTable(rows) {
  return markdownTable(
    ['Requests', 'A second:', 'p50 ms:', 'p99 ms:'],
    rows.map(({ title, requests_per_s: rate, p50_ms: p50, p99_ms: p99 }) => [
      title,
      String(rate),
      String(p50),
      String(p99),
    ]),
  )
}

/**
 * @param {readonly ScalingStep[]} steps
 * @param {number} ideal seconds
 */
function scalingTable(steps, ideal) {
  return markdownTable(
    ['Stand-in slots:', 'Passes:', 'Ideal s:', 'Actual s:', 'Efficiency:'],
    steps.map(({ slots, passes, actual_s: actual, efficiency }) => [
      String(slots),
      String(passes),
      String(ideal),
      actual.toFixed(2),
      efficiency.toFixed(3),
    ]),
  )
}

/** @param {Check} check */
function checkLine({ name, ok, detail }) {
  const mark = ok === null ? 'not applicable' : ok ? 'ok' : '**failed**'
  return `- ${mark}: ${name}${detail ? ` (${detail})` : ''}`
}

/** @param {Results} results */
function machineTable({ machine, material, made_at: madeAt, commit, has_changes: hasChanges }) {
  const rows = [
    ['CPU', `${machine.cpu}, ${machine.cores} cores`],
    ['Memory', `${machine.memory_gib} GiB`],
    ['System', machine.os],
    ['Node.js', machine.node],
    ['ffmpeg', `${machine.ffmpeg}, ${machine.ffmpeg_configuration.join(' ')}`],
    ['libx264', machine.x264],
    ['Material', material],
    ['Commit', `${commit ?? 'unknown'}${hasChanges ? ', with changes' : ''}`],
    ['Date', madeAt],
  ]
  return markdownTable(['', ''], rows)
}
