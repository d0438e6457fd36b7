import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg } from '../../scripts/platform/tools.mjs'
import { checkEven } from '../checks/frames.mjs'
import { measureChildren, measureTrees, summarise } from '../measure.mjs'
import { readFrames } from '../probe.mjs'
import { median, roundOrNull } from '../statistics.mjs'

/**
 * @import { Job, Plan } from '../../src/http/console/answers.d.ts'
 * @import { Studio } from '../studio.mjs'
 * @import { Check, Found, StudioBench, Usage } from '../types.d.ts'
 */

const POLL_MS = 100
const WARM_UPS = 3

/**
 * Measures a job of a second at one quality, and the very commands of its passes without the platform, in turns.
 * @param {StudioBench} bench
 * @returns {Promise<Found>}
 */
export async function measureLatency(bench) {
  const { sizes, clips, folder, print } = bench
  const { jobs, quality } = sizes.short
  const clip = await clips.clip('short', sizes.short)
  const to = await mkdtemp(join(folder, 'latency-'))
  const pairs = []
  const checks = []
  try {
    for (let run = 1 - WARM_UPS; run <= jobs; run += 1) {
      const { check, ...pair } = await measurePair(bench, { clip, to, isChecked: run === 1 })
      if (check) checks.push(check)
      if (run >= 1) pairs.push(pair)
    }
  } finally {
    await rm(to, { recursive: true, force: true })
  }
  const overheadMs = median(pairs.map(({ platform, alone }) => (platform.wallSec - alone.wallSec) * 1000))
  const overhead = roundOrNull(overheadMs, 1)
  print(`  latency  ${overhead} ms over ffmpeg`)
  const row = {
    id: 'latency',
    title: `1 s job at ${quality}, by the platform (median of ${jobs})`,
    ...summarise(pairs.map(({ platform }) => platform)),
    ffmpeg_s: roundOrNull(median(pairs.map(({ alone }) => alone.wallSec)), 3),
    overhead_ms: overhead,
  }
  return { rows: [row], checks }
}

/**
 * @param {StudioBench} bench
 * @param {{ clip: string, to: string, isChecked: boolean }} run
 * @returns {Promise<{ platform: Usage, alone: Usage, check: Check | null }>} `alone`: ffmpeg without the platform
 */
async function measurePair(bench, { clip, to, isChecked }) {
  const { studio, sizes } = bench
  const video = await studio.upload(clip)
  const edit = { video_id: video.id, operations: [], output: { qualities: [sizes.short.quality] } }
  const { passes } = await studio.plan(edit)
  const { result, usage } = await measureTrees([studio.pid], () => studio.timeJob(edit, POLL_MS))
  const alone = await measureChildren((onPid) => runBare(studio, passes, to, onPid))
  const check = isChecked ? await checkOutput(bench, result.job) : null
  await studio.client.deleteJob(result.job.job_id)
  await studio.client.deleteVideo(video.id)
  return { platform: usage, alone: alone.usage, check }
}

/**
 * Runs the commands of the passes. Their arguments name files by storage keys, which are paths below the platform's
 * media folder.
 * @param {Studio} studio
 * @param {Plan['passes']} passes
 * @param {string} to
 * @param {(pid: number) => void} onPid
 */
async function runBare({ mediaDir }, passes, to, onPid) {
  for (const { ffmpeg_arguments: argv } of passes) {
    const placed = argv.map((token) =>
      token.replace(/^file:((?:processed|parts)\/.*)$/, (_, /** @type {string} */ key) => place(to, key)),
    )
    await ffmpeg(placed, { cwd: mediaDir, onPid })
  }
}

/**
 * @param {string} folder
 * @param {string} key
 */
function place(folder, key) {
  return `file:${join(folder, key.replaceAll(/[^\w.]+/g, '-'))}`
}

/**
 * @param {StudioBench} bench
 * @param {Job} job
 * @returns {Promise<Check>}
 */
async function checkOutput({ studio, sizes, clips: { frameRate } }, job) {
  const frames = await readFrames(studio.outputFile(job, sizes.short.quality))
  const expected = { frameRate, frameCount: sizes.short.durationSec * frameRate }
  const fault = checkEven(frames, expected)
  return { name: `1 s job: ${expected.frameCount} frames, evenly spaced`, ok: fault === null, detail: fault }
}
