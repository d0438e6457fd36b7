import { mkdtemp, rm } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ffmpeg } from '../../scripts/platform/tools.mjs'
import { parallelCommands, peertubeCommands, singleCommand, stepwiseCommands } from '../by-hand.mjs'
import { checkComposite } from '../checks/composite.mjs'
import { measureChildren, measureTrees, summarise } from '../measure.mjs'
import { openStoredPlans } from '../stored-plan.mjs'
import { compositeEdit, handEdit, WARM_UP_SEC } from './composite-edit.mjs'

/**
 * @import { Found, HandEdit, PlannedJob, Row, Stages, StudioBench, Usage } from '../types.d.ts'
 * @import { StoredPlans } from '../stored-plan.mjs'
 * @typedef {Map<string, Usage[]>} Usages by the id of the row
 * @typedef {object} HandRow
 * @property {string} id
 * @property {string} title
 * @property {(edit: HandEdit, folder: string) => Stages} commands
 * @property {number} repeat how often it is usually run
 */

const SINGLE = 'composite-single'
const PLATFORM = 'composite-platform'

/**
 * Measures trim, text, watermark and three qualities: by the platform, and by hand.
 * @param {StudioBench} bench
 * @returns {Promise<Found>}
 */
export async function measureComposite(bench) {
  const { wanted, sizes, studio, clips, folder, repeat, print } = bench
  const clip = await clips.clip('source', sizes.source)
  const work = await mkdtemp(join(folder, 'composite-'))
  const plans = await openStoredPlans(studio.dataDir)
  try {
    print('Warming up …')
    const edit = await handEdit(bench, clip, plans, work)
    const rows = handRows(await chooseThreads(bench, edit, work)).filter(({ id }) => wanted(id))
    /** @type {Usages} */
    const usages = new Map()
    /** @type {PlannedJob | null} */
    let platform = null
    for (let run = 1; run <= repeat(3); run += 1) {
      if (wanted(PLATFORM)) platform = await runPlatform(bench, { clip, usages, plans, last: platform })
      for (const row of rows.filter((one) => run <= repeat(one.repeat))) {
        await runRow(bench, row, { edit, work, usages })
      }
    }
    const single = wanted(SINGLE) ? work : null
    const checks = platform ? await checkComposite(bench, edit, platform, single) : []
    return { rows: toRows(usages, rows), checks }
  } finally {
    await plans.close()
    await rm(work, { recursive: true, force: true })
  }
}

/**
 * @param {readonly string[]} threads an option for the number of threads of the single command
 * @returns {HandRow[]}
 */
function handRows(threads) {
  return [
    {
      id: SINGLE,
      title: 'the best single ffmpeg command',
      commands: (edit, folder) => singleCommand(edit, folder, threads),
      repeat: 3,
    },
    {
      id: 'composite-parallel',
      title: 'three ffmpeg processes side by side',
      commands: parallelCommands,
      repeat: 1,
    },
    {
      id: 'composite-stepwise',
      title: "the original plan's way: a re-encode a step",
      commands: stepwiseCommands,
      repeat: 1,
    },
    {
      id: 'composite-peertube',
      title: "PeerTube's way: a re-encode a task, a job a resolution",
      commands: peertubeCommands,
      repeat: 1,
    },
  ]
}

/**
 * Tries on a piece of the edit what an expert would try: x264's own number of threads, one and a half for each core, or
 * one for each core.
 * @param {StudioBench} bench
 * @param {HandEdit} edit
 * @param {string} folder
 * @returns {Promise<readonly string[]>} the option that is faster, or nothing
 */
async function chooseThreads({ print }, edit, folder) {
  const piece = { ...edit, trim: { ...edit.trim, end: edit.trim.start + WARM_UP_SEC } }
  const trials = []
  for (const threads of [[], ['-threads', String(cpus().length)]]) {
    const commands = singleCommand(piece, folder, threads)
    await runByHand(commands)
    const { usage } = await measureChildren((onPid) => runByHand(commands, onPid))
    trials.push({ threads, wallSec: usage.wallSec })
  }
  const best = trials.sort((a, b) => a.wallSec - b.wallSec)[0]?.threads ?? []
  print(`The single command is fastest with ${best.join(' ') || "x264's own number of threads"}.`)
  return best
}

/**
 * Always edits a source that the platform has not seen, so that it uses no earlier render. The result of the last run
 * is deleted first.
 * @param {StudioBench} bench
 * @param {{ clip: string, usages: Usages, plans: StoredPlans, last: PlannedJob | null }} run
 * @returns {Promise<PlannedJob>}
 */
async function runPlatform({ studio, sizes, print }, { clip, usages, plans, last }) {
  if (last) await studio.client.deleteJob(last.job.job_id)
  const video = await studio.upload(clip)
  const body = compositeEdit(video, sizes.composite)
  const { result, usage } = await measureTrees([studio.pid], () => studio.timeJob(body))
  record(usages, PLATFORM, usage)
  print(`  ${PLATFORM}  ${usage.wallSec.toFixed(1)} s`)
  return { job: result.job, plan: await plans.load(result.job.job_id) }
}

/**
 * @param {StudioBench} bench
 * @param {HandRow} row
 * @param {{ edit: HandEdit, work: string, usages: Usages }} run
 */
async function runRow({ folder, print }, { id, commands }, { edit, work, usages }) {
  // The single command's files are compared later; those of the others are not needed.
  const isKept = id === SINGLE
  const to = isKept ? work : await mkdtemp(join(folder, `${id}-`))
  const { usage } = await measureChildren((onPid) => runByHand(commands(edit, to), onPid))
  if (!isKept) await rm(to, { recursive: true, force: true })
  record(usages, id, usage)
  print(`  ${id}  ${usage.wallSec.toFixed(1)} s`)
}

/**
 * @param {Stages} stages
 * @param {(pid: number) => void} onPid
 */
async function runByHand(stages, onPid = () => undefined) {
  for (const commands of stages) await Promise.all(commands.map((args) => ffmpeg(args, { onPid })))
}

/**
 * @param {Usages} usages
 * @param {string} id
 * @param {Usage} usage
 */
function record(usages, id, usage) {
  usages.set(id, [...(usages.get(id) ?? []), usage])
}

/**
 * @param {Usages} usages
 * @param {readonly HandRow[]} handRows
 * @returns {Row[]}
 */
function toRows(usages, handRows) {
  const titles = new Map(handRows.map(({ id, title }) => [id, title]))
  return [...usages].map(([id, runs]) => ({
    id,
    title: `Composite edit: ${titles.get(id) ?? 'the platform'}`,
    ...summarise(runs),
  }))
}
