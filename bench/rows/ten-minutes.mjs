import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { checkCopies } from '../checks/copies.mjs'
import { encoderArguments } from '../encoder-arguments.mjs'
import { measureChildren, measureTrees, summarise } from '../measure.mjs'
import { openStoredPlans } from '../stored-plan.mjs'
import { ffmpeg } from '../../scripts/platform/tools.mjs'

const WARM_UP_SEC = 3

/** Nine of ten minutes, and a title for ten seconds: by the platform, and by a re-encode of the nine minutes. */
export async function measureTenMinutes(bench) {
  const { sizes, clips, studio, wanted, repeat } = bench
  const clip = await clips.longClip('ten-minutes', sizes.long)
  const edits = editsOf(sizes.long)
  const plans = await openStoredPlans(studio.dataDir)
  const rows = []
  const checks = []
  for (const { id, title, operations, ...facts } of edits) {
    if (!wanted(id)) continue
    const usages = []
    await warmUp(bench, clip, operations)
    // What takes long today is short once it copies: so the first run says how often it is worth running.
    for (let run = 1; run <= repeat(isLong(usages) ? 1 : 3); run += 1) {
      const video = await studio.upload(clip)
      const edit = { video_id: video.id, operations }
      const { result, usage } = await measureTrees([studio.pid], () => studio.timeJob(edit))
      bench.print(`  ${id}  ${usage.wallSec.toFixed(1)} s`)
      usages.push(usage)
      if (run === 1) {
        const plan = await plans.load(result.job.job_id)
        checks.push(...(await checkCopies(bench, { clip, operations, ...facts }, result.job, plan)))
      }
      await studio.client.deleteJob(result.job.job_id)
      await studio.client.deleteVideo(video.id)
    }
    rows.push({ id, title, ...summarise(usages) })
  }
  await plans.close()
  if (wanted('full-reencode')) rows.unshift(await reencode(bench, clip))
  return { rows, checks }
}

function editsOf({ trim, overlay }) {
  const cut = { type: 'trim', start_time: trim.start, end_time: trim.end }
  const title = { type: 'overlay', overlay_type: 'text', content: 'Cutroom', position_x: 16, position_y: 16 }
  const span = { start_time: overlay.start, end_time: overlay.end }
  return [
    {
      id: 'smart-trim',
      title: 'Smart trim of 9 of 10 minutes, by the platform',
      operations: [{ ...cut, mode: 'smart' }],
      startSec: trim.start,
      endSec: trim.end,
    },
    {
      id: 'keyframe-trim',
      title: 'Keyframe trim of 9 of 10 minutes, by the platform',
      operations: [{ ...cut, mode: 'keyframe' }],
      startSec: trim.start,
      endSec: trim.end,
      startsAtKeyFrame: true,
    },
    {
      id: 'windowed-overlay',
      title: 'Text for 10 s on 10 minutes, by the platform',
      operations: [{ ...title, ...span }],
      startSec: 0,
      endSec: null,
      changed: overlay,
    },
  ]
}

const isLong = (usages) => usages.some(({ wallSec }) => wallSec > 60)

/** The same operations at the very start of the clip, where they are soon done. */
async function warmUp({ studio }, clip, operations) {
  const video = await studio.upload(clip)
  const trim = { type: 'trim', start_time: 0, end_time: WARM_UP_SEC }
  const shortened = operations.map((operation) =>
    operation.type === 'trim'
      ? { ...operation, start_time: 1, end_time: 1 + WARM_UP_SEC }
      : { ...operation, start_time: 1, end_time: 2 },
  )
  const isTrim = operations[0].type === 'trim'
  const edit = { video_id: video.id, operations: isTrim ? shortened : [trim, ...shortened] }
  const { job } = await studio.timeJob(edit)
  await studio.client.deleteJob(job.job_id)
  await studio.client.deleteVideo(video.id)
}

/** One ffmpeg process on all cores, with the coding of the platform's exact mode. */
async function reencode({ studio, clips, sizes, folder, print }, clip) {
  const { start, end } = sizes.long.trim
  const video = await studio.upload(clip)
  const exact = { type: 'trim', start_time: start, end_time: end, mode: 'exact' }
  const { passes } = await studio.plan({ video_id: video.id, operations: [exact] })
  await studio.client.deleteVideo(video.id)
  const coding = encoderArguments(passes, null)
  const to = await mkdtemp(join(folder, 'full-'))
  const span = (seconds) => ['-ss', String(start), '-t', String(seconds), '-i', clip]
  const sound = clips.hasSound ? ['-map', '0:a'] : []
  const command = (seconds, file) => [
    ...[...span(seconds), '-map', '0:v', ...sound, ...coding, '-movflags', '+faststart', join(to, file)],
  ]
  await ffmpeg(command(WARM_UP_SEC, 'warm.mp4'))
  const { usage } = await measureChildren((onPid) => ffmpeg(command(end - start, 'full.mp4'), { onPid }))
  await rm(to, { recursive: true, force: true })
  print(`  full-reencode  ${usage.wallSec.toFixed(1)} s`)
  return {
    id: 'full-reencode',
    title: 'Full re-encode of 9 of 10 minutes, by one ffmpeg process',
    ...summarise([usage]),
  }
}
