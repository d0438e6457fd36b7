import { cpus } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { ApiError } from '../../scripts/platform/client.mjs'
import { generateLoad } from '../load-generator.mjs'
import { measureTrees, summarise } from '../measure.mjs'
import { CAN_READ_PROCESSES, readTrees } from '../process-tree.mjs'
import { round } from '../statistics.mjs'

/**
 * @import { Client } from '../../scripts/platform/client.mjs'
 * @import { Studio } from '../studio.mjs'
 * @import { Check, Found, Row, StudioBench } from '../types.d.ts'
 * @typedef {{ row: Row, checks: readonly Check[] }} Measured
 */

const UNFINISHED = ['pending', 'processing']
const POLL_MS = 200
const START_MS = 20_000
const CANCELS_AT_ONCE = 8

/**
 * Measures how fast the API answers while the encoders have all cores.
 * @param {StudioBench} bench
 * @returns {Promise<Found>}
 */
export async function measureLoad(bench) {
  const results = []
  if (bench.wanted('status-requests')) results.push(await measureStatus(bench))
  if (bench.wanted('submissions')) results.push(await measureSubmissions(bench))
  return { rows: results.map(({ row }) => row), checks: results.flatMap(({ checks }) => checks) }
}

/**
 * @param {StudioBench} bench
 * @returns {Promise<Measured>}
 */
async function measureStatus({ sizes, clips, studio, print }) {
  const { statusSec, connections } = sizes.load
  const clip = await clips.longClip('ten-minutes', sizes.long)
  const id = await submitEncode(studio, clip)
  await submitEncode(studio, clip)
  if (!(await untilEncoding(studio))) throw new Error('Two encodes never ran at the same time.')
  const url = `${studio.apiUrl}/api/v1/jobs/status/${id}`
  await generateLoad({ url, connections, length: { durationSec: 2 } })
  const { result, usage } = await measureTrees([studio.pid], () =>
    generateLoad({ url, connections, length: { durationSec: statusSec } }),
  )
  const isBusy = await untilEncoding(studio)
  await cancelAll(studio.client)
  print(`  status-requests  ${result.requestsPerSec.toFixed(0)} a second, p99 ${result.p99Ms} ms`)
  return {
    row: {
      id: 'status-requests',
      title: `GET /jobs/status/{id} while two encodes run, ${connections} connections`,
      ...summarise([usage]),
      requests_per_s: round(result.requestsPerSec, 0),
      p50_ms: result.p50Ms,
      p99_ms: result.p99Ms,
    },
    checks: [
      { name: 'Status requests: two encodes ran at the end, too', ok: isBusy, detail: null },
      {
        name: 'Status requests: all were answered with 200',
        ok: result.failed === 0,
        detail: `${result.failed} were not`,
      },
    ],
  }
}

/**
 * Starts a job that takes longer than the measurement, which cancels it afterwards. It has a CRF of its own, so that
 * nothing of it is copied.
 * @param {Studio} studio
 * @param {string} clip
 * @returns {Promise<string>} the job's id
 */
async function submitEncode({ client, upload }, clip) {
  const video = await upload(clip)
  const output = { renditions: [{ name: 'slow', video_codec: 'h264', preset: 'veryslow', crf: 22 }] }
  const { job_id: id } = await client.submit('/edits', { video_id: video.id, operations: [], output })
  return id
}

/**
 * Waits until both encodes run. It looks for a while, since one ffmpeg is missing for a moment between two passes.
 * @param {Studio} studio
 */
async function untilEncoding({ pid }) {
  if (!CAN_READ_PROCESSES) return delay(START_MS, true)
  const wanted = Math.min(2, cpus().length)
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    if (readTrees([pid]).filter(({ name }) => name === 'ffmpeg').length >= wanted) return true
    await delay(POLL_MS)
  }
  return false
}

/**
 * @param {StudioBench} bench
 * @returns {Promise<Measured>}
 */
async function measureSubmissions({ sizes, clips, studio, print }) {
  const { submissions, connections } = sizes.load
  const video = await studio.upload(await clips.clip('short', sizes.short))
  const body = {
    video_id: video.id,
    operations: [{ type: 'trim', start_time: 0, end_time: 0.5, mode: 'exact' }],
  }
  const url = `${studio.apiUrl}/api/v1/edits`
  const { result, usage } = await measureTrees([studio.pid], () =>
    generateLoad({ url, connections, length: { requests: submissions }, body }),
  )
  await cancelAll(studio.client)
  print(`  submissions  ${result.requestsPerSec.toFixed(0)} a second`)
  const isWhole = result.answered === submissions && result.failed === 0
  const detail = `${result.answered} of ${submissions}`
  return {
    row: {
      id: 'submissions',
      title: `POST /edits: ${submissions} small edits, ${connections} connections`,
      ...summarise([usage]),
      requests_per_s: round(result.requestsPerSec, 1),
      p50_ms: result.p50Ms,
      p99_ms: result.p99Ms,
    },
    checks: [{ name: 'Submissions: all were accepted', ok: isWhole, detail }],
  }
}

/**
 * Cancels all jobs and waits until they have ended.
 * @param {Client} client
 */
async function cancelAll(client) {
  for (;;) {
    const lists = await Promise.all(UNFINISHED.map((status) => client.listJobs({ status, limit: '100' })))
    const ids = lists.flatMap(({ jobs }) => jobs.map(({ job_id: id }) => id))
    if (ids.length === 0) return
    for (let from = 0; from < ids.length; from += CANCELS_AT_ONCE) {
      const some = ids.slice(from, from + CANCELS_AT_ONCE)
      // One that has ended meanwhile cannot be cancelled.
      await Promise.all(some.map((id) => client.cancelJob(id).catch(ignoreFinished)))
    }
    await delay(POLL_MS)
  }
}

/** @param {unknown} error */
function ignoreFinished(error) {
  if (!(error instanceof ApiError && error.code === 'job-finished')) throw error
}
