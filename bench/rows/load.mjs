import { cpus } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { generateLoad } from '../load-generator.mjs'
import { measureTrees, summarise } from '../measure.mjs'
import { CAN_READ_PROCESSES, readTrees } from '../process-tree.mjs'
import { round } from '../statistics.mjs'

const UNFINISHED = ['pending', 'processing']
const POLL_MS = 200
const START_MS = 20_000
const CANCELS_AT_ONCE = 8

/** How fast the API answers while the encoders have all cores. */
export async function measureLoad(bench) {
  const parts = [
    ['status-requests', measureStatus],
    ['submissions', measureSubmissions],
  ].filter(([id]) => bench.wanted(id))
  const results = []
  for (const [, measure] of parts) results.push(await measure(bench))
  return { rows: results.map(({ row }) => row), checks: results.flatMap(({ checks }) => checks) }
}

async function measureStatus({ sizes, clips, studio, print }) {
  const { client } = studio
  const { statusSec, connections } = sizes.load
  const clip = await clips.longClip('ten-minutes', sizes.long)
  const id = await submitEncode(studio, clip)
  await submitEncode(studio, clip)
  if (!(await untilEncoding(studio))) throw new Error('Two encodes never ran at the same time.')
  const url = `${studio.apiUrl}/api/v1/jobs/status/${id}`
  await generateLoad({ url, connections, durationSec: 2 })
  const { result, usage } = await measureTrees([studio.pid], () =>
    generateLoad({ url, connections, durationSec: statusSec }),
  )
  const isBusy = await untilEncoding(studio)
  await cancelAll(client)
  print(`  status-requests  ${result.requestsPerSec.toFixed(0)} a second, p99 ${result.p99Ms} ms`)
  const row = {
    id: 'status-requests',
    title: `GET /jobs/status/{id} while two encodes run, ${connections} connections`,
    ...summarise([usage]),
    requests_per_s: round(result.requestsPerSec, 0),
    p50_ms: result.p50Ms,
    p99_ms: result.p99Ms,
  }
  return {
    row,
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

/** Longer than the measurement takes: it is cancelled when it has served. With a CRF of its own it is not copied. */
async function submitEncode({ client, upload }, clip) {
  const video = await upload(clip)
  const output = { renditions: [{ name: 'slow', video_codec: 'h264', preset: 'veryslow', crf: 22 }] }
  const { job_id: id } = await client.submit('/edits', { video_id: video.id, operations: [], output })
  return id
}

/** Between two passes there is a moment with one ffmpeg less, so it looks for a while. */
async function untilEncoding({ pid }) {
  if (!CAN_READ_PROCESSES) return delay(START_MS, true)
  const wanted = Math.min(2, cpus().length)
  for (const until = Date.now() + START_MS; Date.now() < until; await delay(POLL_MS)) {
    if (readTrees([pid]).filter(({ name }) => name === 'ffmpeg').length >= wanted) return true
  }
  return false
}

async function measureSubmissions({ sizes, clips, studio, print }) {
  const { submissions, connections } = sizes.load
  const video = await studio.upload(await clips.clip('short', sizes.short))
  const body = {
    video_id: video.id,
    operations: [{ type: 'trim', start_time: 0, end_time: 0.5, mode: 'exact' }],
  }
  const url = `${studio.apiUrl}/api/v1/edits`
  const { result, usage } = await measureTrees([studio.pid], () =>
    generateLoad({ url, connections, amount: submissions, body }),
  )
  await cancelAll(studio.client)
  print(`  submissions  ${result.requestsPerSec.toFixed(0)} a second`)
  const row = {
    id: 'submissions',
    title: `POST /edits: ${submissions} small edits, ${connections} connections`,
    ...summarise([usage]),
    requests_per_s: round(result.requestsPerSec, 1),
    p50_ms: result.p50Ms,
    p99_ms: result.p99Ms,
  }
  const isWhole = result.answered === submissions && result.failed === 0
  const detail = `${result.answered} of ${submissions}`
  return { row, checks: [{ name: 'Submissions: all were accepted', ok: isWhole, detail }] }
}

/** Ends all that runs and waits until it has ended. */
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

function ignoreFinished(error) {
  if (error.code !== 'job-finished') throw error
}
