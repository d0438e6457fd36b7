import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg } from '../../scripts/platform/tools.mjs'
import { checkCopies } from '../checks/copies.mjs'
import { encoderArguments } from '../encoder-arguments.mjs'
import { measureChildren, measureTrees, summarise } from '../measure.mjs'
import { openStoredPlans } from '../stored-plan.mjs'

/**
 * @import { CopyingEdit } from '../checks/copies.mjs'
 * @import { StoredPlans } from '../stored-plan.mjs'
 * @import { Check, Found, Row, Sizes, StudioBench, Usage } from '../types.d.ts'
 * @typedef {{ type: string, start_time: number, end_time: number, mode?: string }} Operation
 * @typedef {Omit<CopyingEdit, 'clip'> & { id: string, title: string, operation: Operation }} EditRow
 */

const WARM_UP_SEC = 3

/**
 * Measures nine of ten minutes, and a title for ten seconds: by the platform, and by a re-encode of the nine minutes.
 * @param {StudioBench} bench
 * @returns {Promise<Found>}
 */
export async function measureTenMinutes(bench) {
  const { sizes, clips, studio, wanted } = bench
  const clip = await clips.longClip('ten-minutes', sizes.long)
  const plans = await openStoredPlans(studio.dataDir)
  const rows = []
  const checks = []
  for (const edit of editsOf(sizes.long)) {
    if (!wanted(edit.id)) continue
    const found = await measureEdit(bench, clip, edit, plans)
    rows.push(found.row)
    checks.push(...found.checks)
  }
  await plans.close()
  if (wanted('full-reencode')) rows.unshift(await reencode(bench, clip))
  return { rows, checks }
}

/**
 * @param {Sizes['long']} long
 * @returns {EditRow[]}
 */
function editsOf({ trim, overlay }) {
  const cut = { type: 'trim', start_time: trim.start, end_time: trim.end }
  const title = { type: 'overlay', overlay_type: 'text', content: 'Cutroom', position_x: 16, position_y: 16 }
  return [
    {
      id: 'smart-trim',
      title: 'Smart trim of 9 of 10 minutes, by the platform',
      name: 'Smart trim',
      operation: { ...cut, mode: 'smart' },
      startSec: trim.start,
      endSec: trim.end,
    },
    {
      id: 'keyframe-trim',
      title: 'Keyframe trim of 9 of 10 minutes, by the platform',
      name: 'Keyframe trim',
      operation: { ...cut, mode: 'keyframe' },
      startSec: trim.start,
      endSec: trim.end,
      startsAtKeyFrame: true,
    },
    {
      id: 'windowed-overlay',
      title: 'Text for 10 s on 10 minutes, by the platform',
      name: 'Windowed overlay',
      operation: { ...title, start_time: overlay.start, end_time: overlay.end },
      startSec: 0,
      endSec: null,
      changed: overlay,
    },
  ]
}

/**
 * @param {StudioBench} bench
 * @param {string} clip
 * @param {EditRow} edit
 * @param {StoredPlans} plans
 * @returns {Promise<{ row: Row, checks: readonly Check[] }>}
 */
async function measureEdit(bench, clip, edit, plans) {
  const { studio, print, repeat } = bench
  const { id, title, operation } = edit
  /** @type {Usage[]} */
  const usages = []
  /** @type {Check[]} */
  const checks = []
  await warmUp(bench, clip, operation)
  // A row is slow when nothing is copied, and fast when something is: the first run says how often to repeat it.
  for (let run = 1; run <= repeat(usages.some(({ wallSec }) => wallSec > 60) ? 1 : 3); run += 1) {
    const video = await studio.upload(clip)
    const body = { video_id: video.id, operations: [operation] }
    const { result, usage } = await measureTrees([studio.pid], () => studio.timeJob(body))
    const { job } = result
    print(`  ${id}  ${usage.wallSec.toFixed(1)} s`)
    usages.push(usage)
    if (run === 1) {
      const plan = await plans.load(job.job_id)
      checks.push(...(await checkCopies(bench, { ...edit, clip }, { job, plan })))
    }
    await studio.client.deleteJob(job.job_id)
    await studio.client.deleteVideo(video.id)
  }
  return { row: { id, title, ...summarise(usages) }, checks }
}

/**
 * Does the same operation at the very start of the clip, where it is soon done.
 * @param {StudioBench} bench
 * @param {string} clip
 * @param {Operation} operation
 */
async function warmUp({ studio }, clip, operation) {
  const video = await studio.upload(clip)
  const trim = { type: 'trim', start_time: 0, end_time: WARM_UP_SEC }
  const operations =
    operation.type === 'trim'
      ? [{ ...operation, start_time: 1, end_time: 1 + WARM_UP_SEC }]
      : [trim, { ...operation, start_time: 1, end_time: 2 }]
  const { job } = await studio.timeJob({ video_id: video.id, operations })
  await studio.client.deleteJob(job.job_id)
  await studio.client.deleteVideo(video.id)
}

/**
 * Re-encodes by one ffmpeg process on all cores, with the coding of the platform's exact mode.
 * @param {StudioBench} bench
 * @param {string} clip
 * @returns {Promise<Row>}
 */
async function reencode({ studio, clips, sizes, folder, print }, clip) {
  const { start, end } = sizes.long.trim
  const video = await studio.upload(clip)
  const exact = { type: 'trim', start_time: start, end_time: end, mode: 'exact' }
  const { passes } = await studio.plan({ video_id: video.id, operations: [exact] })
  await studio.client.deleteVideo(video.id)
  const coding = encoderArguments(passes, null)
  const to = await mkdtemp(join(folder, 'full-'))
  const command = (/** @type {number} */ seconds, /** @type {string} */ file) => [
    ...['-ss', String(start)],
    ...['-t', String(seconds)],
    ...['-i', clip],
    ...['-map', '0:v'],
    ...(clips.hasSound ? ['-map', '0:a'] : []),
    ...coding,
    ...['-movflags', '+faststart'],
    join(to, file),
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
