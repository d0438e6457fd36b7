import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { checkEven } from '../checks/frames.mjs'
import { measureChildren, measureTrees, summarise } from '../measure.mjs'
import { readFrames } from '../probe.mjs'
import { median, round } from '../statistics.mjs'
import { ffmpeg } from '../../scripts/platform/tools.mjs'

const POLL_MS = 100
const WARM_UPS = 3

/** A job of a second at one quality, and the very commands of its passes without the platform, in turns. */
export async function measureLatency(bench) {
  const { sizes, clips, studio, folder, print } = bench
  const clip = await clips.clip('short', sizes.short)
  const to = await mkdtemp(join(folder, 'latency-'))
  const [platform, bare] = [[], []]
  const checks = []
  try {
    for (let run = 1 - WARM_UPS; run <= sizes.short.jobs; run += 1) {
      const video = await studio.upload(clip)
      const edit = { video_id: video.id, operations: [], output: { qualities: [sizes.short.quality] } }
      const { passes } = await studio.plan(edit)
      const job = await measureTrees([studio.pid], () => studio.timeJob(edit, POLL_MS))
      const alone = await measureChildren((onPid) => runBare(studio, passes, to, onPid))
      if (run === 1) checks.push(await checkOutput(bench, job.result.job))
      await studio.client.deleteJob(job.result.job.job_id)
      await studio.client.deleteVideo(video.id)
      if (run < 1) continue
      platform.push(job.usage)
      bare.push(alone.usage)
    }
  } finally {
    await rm(to, { recursive: true, force: true })
  }
  const overheads = platform.map(({ wallSec }, index) => (wallSec - bare[index].wallSec) * 1000)
  const overhead = round(median(overheads), 1)
  print(`  latency  ${overhead} ms over ffmpeg`)
  const row = {
    id: 'latency',
    title: `1 s job at ${sizes.short.quality}, by the platform (median of ${sizes.short.jobs})`,
    ...summarise(platform),
    ffmpeg_s: round(median(bare.map(({ wallSec }) => wallSec)), 3),
    overhead_ms: overhead,
  }
  return { rows: [row], checks }
}

/** Arguments name files by their storage keys, which are paths below the platform's media folder. */
async function runBare({ mediaDir }, passes, to, onPid) {
  for (const { ffmpeg_arguments: argv } of passes) {
    const placed = argv.map((token) =>
      token.replace(/^file:((processed|parts)\/.*)$/, (_, key) => place(to, key)),
    )
    await ffmpeg(placed, { cwd: mediaDir, onPid })
  }
}

function place(folder, key) {
  return `file:${join(folder, key.replaceAll(/[^\w.]+/g, '-'))}`
}

async function checkOutput({ studio, sizes, clips: { frameRate } }, job) {
  const frames = await readFrames(studio.outputFile(job, sizes.short.quality))
  const expected = { frameRate, frameCount: sizes.short.durationSec * frameRate }
  const fault = checkEven(frames, expected)
  return { name: `1 s job: ${expected.frameCount} frames, evenly spaced`, ok: fault === null, detail: fault }
}
