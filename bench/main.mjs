// npm run bench: the platform against ffmpeg by hand, in one run on this machine. See bench/README.md.
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../scripts/platform/tools.mjs'
import { messageOf } from '../scripts/setup/errors.mjs'
import { createClips, findMaterial } from './clips.mjs'
import { judgeGoals } from './goals.mjs'
import { describeCommit, describeMachine } from './machine.mjs'
import { parseOptions, ROWS, ROWS_BY_GROUP, USAGE } from './options.mjs'
import { printReport, writeReport } from './report.mjs'
import { measureComposite } from './rows/composite.mjs'
import { measureFourK } from './rows/four-k.mjs'
import { measureLatency } from './rows/latency.mjs'
import { measureLoad } from './rows/load.mjs'
import { measurePreviews } from './rows/previews.mjs'
import { measureScaling } from './rows/scaling.mjs'
import { measureTenMinutes } from './rows/ten-minutes.mjs'
import { measureTransfers } from './rows/transfers.mjs'
import { FULL, QUICK } from './sizes.mjs'
import { openStudio } from './studio.mjs'

/** @import { Bench, Check, Found, Row, StudioBench } from './types.d.ts' */

/**
 * The groups that share one platform, in the order in which they are measured.
 * @type {readonly { group: string, measure: (bench: StudioBench) => Promise<Found> }[]}
 */
const STUDIO_GROUPS = [
  { group: 'latency', measure: measureLatency },
  { group: 'previews', measure: measurePreviews },
  { group: 'composite', measure: measureComposite },
  { group: 'ten-minutes', measure: measureTenMinutes },
  { group: 'four-k', measure: measureFourK },
  { group: 'transfers', measure: measureTransfers },
  { group: 'load', measure: measureLoad },
]

const FOLDER = join(ROOT, 'data/bench')
/** What is in it serves one run alone. */
const WORK = join(FOLDER, 'work')
const since = performance.now()
const options = readOptions()
const interrupt = new AbortController()
process.once('SIGINT', () => {
  interrupt.abort()
})
try {
  process.exitCode = await main(options)
} catch (error) {
  const isInterrupted = interrupt.signal.aborted
  console.error(isInterrupted ? '\nStopped.' : `\nThe benchmark failed: ${messageOf(error)}`)
  process.exitCode = isInterrupted ? 130 : 1
} finally {
  await rm(WORK, { recursive: true, force: true })
}

/** @param {ReturnType<typeof parseOptions>} options */
async function main({ input, rows, isQuick, isWhole, repeat }) {
  const material = findMaterial(input)
  if (!existsSync(material.file)) throw new Error(`There is no file ${input}.`)
  const sizes = isQuick ? QUICK : FULL
  await rm(WORK, { recursive: true, force: true })
  await mkdir(WORK, { recursive: true })
  print(`Material: ${material.name}`)
  const found = await measureAll({
    folder: WORK,
    sizes,
    print,
    clips: await createClips(material, join(FOLDER, 'clips'), print),
    wanted: (id) => rows.includes(id),
    repeat: (usual) => repeat ?? Math.min(usual, sizes.repeat),
  })
  const results = {
    made_at: new Date().toISOString(),
    ...(await describeCommit()),
    is_quick: isQuick,
    material: material.name,
    machine: await describeMachine(),
    rows: ROWS.flatMap((id) => found.rows.filter((row) => row.id === id)),
    goals: judgeGoals(found.rows),
    checks: found.checks,
  }
  printReport(results, console.log)
  const target = isWhole && found.isComplete ? 'bench' : 'data/bench'
  await writeReport(join(ROOT, target), results)
  print(`Written: ${target}/results.json, ${target}/README.md`)
  return results.checks.some(({ ok }) => ok === false) ? 1 : 0
}

/**
 * Measures group by group. The scaling runs on platforms without a worker, so it comes when the other one is gone.
 * @param {Bench} bench
 */
async function measureAll(bench) {
  const isWanted = (/** @type {string} */ group) => (ROWS_BY_GROUP[group] ?? []).some(bench.wanted)
  /** @type {{ rows: Row[], checks: Check[], isComplete: boolean }} */
  const found = { rows: [], checks: [], isComplete: true }
  const measure = async (/** @type {string} */ group, /** @type {() => Promise<Found>} */ work) => {
    print(`${group}:`)
    try {
      const { rows, checks } = await work()
      found.rows.push(...rows)
      found.checks.push(...checks)
    } catch (error) {
      if (interrupt.signal.aborted) throw error
      // One group that fails does not lose what the others have measured in half an hour.
      print(`  failed: ${messageOf(error)}`)
      found.isComplete = false
      found.checks.push({ name: `${group}: was measured`, ok: false, detail: messageOf(error) })
    }
  }
  const groups = STUDIO_GROUPS.filter(({ group }) => isWanted(group))
  if (groups.length > 0) {
    print('Starting PostgreSQL, Temporal, the API and a worker …')
    const studio = await openStudio(WORK)
    try {
      for (const one of groups) await measure(one.group, () => one.measure({ ...bench, studio }))
    } finally {
      await studio.close()
    }
  }
  if (isWanted('scaling')) await measure('scaling', () => measureScaling(bench))
  return found
}

function readOptions() {
  try {
    const options = parseOptions(process.argv.slice(2))
    if (!options.wantsHelp) return options
    console.log(USAGE)
    process.exit(0)
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${USAGE}`)
    process.exit(1)
  }
}

/**
 * A line with the minutes and seconds since the start.
 * @param {string} text
 */
function print(text) {
  const seconds = Math.round((performance.now() - since) / 1000)
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  console.log(`${clock.padStart(6)}  ${text}`)
}
