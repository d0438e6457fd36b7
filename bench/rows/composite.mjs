import { mkdtemp, rm } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import * as byHand from '../by-hand.mjs'
import { checkComposite } from '../checks/composite.mjs'
import { encoderArguments } from '../encoder-arguments.mjs'
import { measureChildren, measureTrees, summarise } from '../measure.mjs'
import { LOGO, LOGO_FILE } from '../studio.mjs'
import { drawText } from '../text-picture.mjs'
import { openStoredPlans } from '../stored-plan.mjs'
import { ffmpeg } from '../../scripts/platform/tools.mjs'

const OPACITY = 0.8
const WARM_UP_SEC = 4

const HAND_ROWS = {
  'composite-single': {
    title: 'the best single ffmpeg command',
    commands: (edit, folder) => byHand.singleCommand(edit, folder, edit.threads),
  },
  'composite-parallel': {
    title: 'three ffmpeg processes side by side',
    commands: byHand.parallelCommands,
    isOnce: true,
  },
  'composite-stepwise': {
    title: "the original plan's way: a re-encode a step",
    commands: byHand.stepwiseCommands,
    isOnce: true,
  },
  'composite-peertube': {
    title: "PeerTube's way: a re-encode a task, a job a resolution",
    commands: byHand.peertubeCommands,
    isOnce: true,
  },
}

/** Trim, text, watermark, three qualities: by the platform, and by hand. */
export async function measureComposite(bench) {
  const { wanted, sizes, studio, clips, folder, repeat, print } = bench
  const clip = await clips.clip('source', sizes.source)
  const work = await mkdtemp(join(folder, 'composite-'))
  const plans = await openStoredPlans(studio.dataDir)
  try {
    print('Warming up …')
    const edit = await handEdit(bench, clip, plans, work)
    edit.threads = await chooseThreads(bench, edit, work)
    const results = { wanted, usages: {}, platform: null, single: work }
    for (let run = 1; run <= repeat(3); run += 1) {
      results.platform = await runPlatform(bench, clip, results, plans)
      for (const [id, row] of Object.entries(HAND_ROWS)) {
        if (!row.isOnce || run <= repeat(1))
          await runRow(bench, { id, ...row }, { edit, work, usages: results.usages })
      }
    }
    const checks = results.platform ? await checkComposite(bench, edit, results) : []
    return { rows: toRows(results.usages), checks }
  } finally {
    await plans.close()
    await rm(work, { recursive: true, force: true })
  }
}

/** The same edit for the platform and by hand: sizes, coding and the look of the text are those that it plans. */
async function handEdit({ studio, sizes, clips }, clip, plans, folder) {
  const { QUALITIES } = await import('../../dist/src/edit/output/qualities.js')
  const { trim, textSec, marginPx } = sizes.composite
  const video = await studio.upload(clip)
  const { passes, outputs } = await studio.plan(compositeEdit(video, sizes))
  const warmUp = { ...trim, end: trim.start + WARM_UP_SEC }
  const { job } = await studio.timeJob(compositeEdit(video, sizes, warmUp))
  const text = await drawText(await plans.load(job.job_id), studio.dataDir, join(folder, 'text'))
  return {
    source: clip,
    trim,
    hasSound: clips.hasSound,
    text: { ...text, endSec: textSec },
    logo: { file: LOGO_FILE, margin: marginPx, opacity: OPACITY },
    renditions: outputs
      .filter(({ quality }) => quality !== null)
      .map(({ name, quality, width, height }) => ({
        ...{ name, width, height },
        coding: encoderArguments(passes, QUALITIES[quality].maxBitRate),
      })),
  }
}

/** What an expert would try on a piece of it: x264's own threads, one and a half a core, or one a core. */
async function chooseThreads({ print }, edit, folder) {
  const piece = { ...edit, trim: { ...edit.trim, end: edit.trim.start + WARM_UP_SEC } }
  const trials = []
  for (const threads of [[], ['-threads', String(cpus().length)]]) {
    const commands = byHand.singleCommand(piece, folder, threads)
    await runByHand(commands)
    const { usage } = await measureChildren((onPid) => runByHand(commands, onPid))
    trials.push({ threads, wallSec: usage.wallSec })
  }
  const [best] = trials.sort((a, b) => a.wallSec - b.wallSec)
  print(`The single command is fastest with ${best.threads.join(' ') || "x264's own number of threads"}.`)
  return best.threads
}

function compositeEdit(video, { composite }, trim = composite.trim) {
  const { textSec, fontSizePx, marginPx, qualities } = composite
  const position = { position_x: marginPx, position_y: marginPx }
  const text = { content: 'नमस्ते, Cutroom!', language: 'hi', font_size: fontSizePx, font_color: '#ffffff' }
  return {
    video_id: video.id,
    operations: [
      { type: 'trim', start_time: trim.start, end_time: trim.end },
      {
        type: 'overlay',
        overlay_type: 'text',
        ...text,
        ...position,
        end_time: Math.min(textSec, trim.end - trim.start),
      },
      { type: 'watermark', watermark_path: LOGO, position: 'top-right', opacity: OPACITY, margin: marginPx },
    ],
    output: { qualities },
  }
}

/** Always a source that it has not seen: nothing rendered before is of use. Earlier results make room. */
async function runPlatform({ wanted, studio, sizes, print }, clip, { usages, platform }, plans) {
  if (!wanted('composite-platform')) return null
  if (platform) await studio.client.deleteJob(platform.job.job_id)
  const video = await studio.upload(clip)
  const { result, usage } = await measureTrees([studio.pid], () =>
    studio.timeJob(compositeEdit(video, sizes)),
  )
  record(usages, 'composite-platform', usage, print)
  return { job: result.job, plan: await plans.load(result.job.job_id) }
}

async function runRow({ wanted, folder, print }, { id, commands }, { edit, work, usages }) {
  if (!wanted(id)) return
  // The single command's files are compared later; the others have served.
  const isKept = id === 'composite-single'
  const to = isKept ? work : await mkdtemp(join(folder, `${id}-`))
  const { usage } = await measureChildren((onPid) => runByHand(commands(edit, to), onPid))
  if (!isKept) await rm(to, { recursive: true, force: true })
  record(usages, id, usage, print)
}

async function runByHand(stages, onPid) {
  for (const commands of stages) await Promise.all(commands.map((args) => ffmpeg(args, { onPid })))
}

function record(usages, id, usage, print) {
  print(`  ${id}  ${usage.wallSec.toFixed(1)} s`)
  usages[id] = [...(usages[id] ?? []), usage]
}

function toRows(usages) {
  const titles = { 'composite-platform': 'the platform' }
  for (const [id, { title }] of Object.entries(HAND_ROWS)) titles[id] = title
  return Object.entries(usages).map(([id, runs]) => ({
    id,
    title: `Composite edit: ${titles[id]}`,
    ...summarise(runs),
  }))
}
