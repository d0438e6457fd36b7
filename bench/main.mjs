// npm run bench: the platform against ffmpeg by hand, in one run on this machine. See bench/README.md.
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createClips, findMaterial } from './clips.mjs'
import { judgeGoals } from './goals.mjs'
import { describeCommit, describeMachine } from './machine.mjs'
import { parseOptions, ROWS, ROWS_BY_GROUP, USAGE } from './options.mjs'
import { printReport, writeReport } from './report.mjs'
import { measureComposite } from './rows/composite.mjs'
import { measureFourK } from './rows/four-k.mjs'
import { measureLatency } from './rows/latency.mjs'
import { measureLoad } from './rows/load.mjs'
import { measureScaling } from './rows/scaling.mjs'
import { measureTenMinutes } from './rows/ten-minutes.mjs'
import { measureTransfers } from './rows/transfers.mjs'
import { FULL, QUICK } from './sizes.mjs'
import { openStudio } from './studio.mjs'
import { ROOT } from '../scripts/platform/tools.mjs'

const MEASURE = {
  latency: measureLatency,
  composite: measureComposite,
  'ten-minutes': measureTenMinutes,
  'four-k': measureFourK,
  transfers: measureTransfers,
  load: measureLoad,
  scaling: measureScaling,
}

const FOLDER = join(ROOT, 'data/bench')
/** What is in it serves one run alone. */
const WORK = join(FOLDER, 'work')
const since = performance.now()
const options = readOptions()
let isInterrupted = false
process.once('SIGINT', () => {
  isInterrupted = true
})
try {
  process.exitCode = await main(options)
} catch (error) {
  console.error(isInterrupted ? '\nStopped.' : `\nThe benchmark failed: ${error.message}`)
  process.exitCode = isInterrupted ? 130 : 1
} finally {
  await rm(WORK, { recursive: true, force: true })
}

async function main({ input, rows, isQuick, isWhole, repeat }) {
  const material = findMaterial(input)
  if (!existsSync(material.file)) throw new Error(`There is no file ${input}.`)
  const sizes = isQuick ? QUICK : FULL
  await rm(WORK, { recursive: true, force: true })
  await mkdir(WORK, { recursive: true })
  print(`Material: ${material.name}`)
  const bench = {
    ...{ folder: WORK, sizes, print },
    clips: await createClips(material, join(FOLDER, 'clips'), print),
    wanted: (id) => rows.includes(id),
    repeat: (usual) => repeat ?? Math.min(usual, sizes.repeat),
  }
  const found = await measureAll(bench)
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

/** Group by group. The scaling has a platform without a worker, so it comes when the other one is gone. */
async function measureAll(bench) {
  const groups = Object.keys(MEASURE).filter((group) => ROWS_BY_GROUP[group].some(bench.wanted))
  const found = { rows: [], checks: [], isComplete: true }
  const measure = async (group, studio) => {
    print(`${group}:`)
    try {
      const { rows, checks } = await MEASURE[group]({ ...bench, studio })
      found.rows.push(...rows)
      found.checks.push(...checks)
    } catch (error) {
      if (isInterrupted) throw error
      // What half an hour has measured is not lost with one group.
      print(`  failed: ${error.message}`)
      found.isComplete = false
      found.checks.push({ name: `${group}: was measured`, ok: false, detail: error.message })
    }
  }
  const [apart, together] = [['scaling'], groups.filter((group) => group !== 'scaling')]
  if (together.length > 0) await withStudio((studio) => each(together, (group) => measure(group, studio)))
  await each(
    apart.filter((group) => groups.includes(group)),
    (group) => measure(group, null),
  )
  return found
}

async function withStudio(work) {
  print('Starting PostgreSQL, Temporal, the API and a worker …')
  const studio = await openStudio(WORK)
  try {
    await work(studio)
  } finally {
    await studio.close()
  }
}

async function each(items, work) {
  for (const item of items) await work(item)
}

function readOptions() {
  try {
    const options = parseOptions(process.argv.slice(2))
    if (!options.wantsHelp) return options
    console.log(USAGE)
    process.exit(0)
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`)
    process.exit(1)
  }
}

/** A line with the minutes and seconds since the start. */
function print(text) {
  const seconds = Math.round((performance.now() - since) / 1000)
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  console.log(`${clock.padStart(6)}  ${text}`)
}
