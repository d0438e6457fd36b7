// npm run histories: records what Temporal keeps of a workflow of every kind and outcome, for the tests to replay.
// Run it when a workflow has been changed on purpose. What older versions wrote stays in test/histories/older.
import { once } from 'node:events'
import { mkdir, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import proto from '@temporalio/proto'
import { createClient } from './platform/client.mjs'
import { startPlatform } from './platform/start-platform.mjs'
import { ffmpeg, ROOT } from './platform/tools.mjs'
import { parseJson, readJson } from './setup/files.mjs'

/**
 * @import { AddressInfo } from 'node:net'
 * @import { Job } from '../src/http/console/answers.d.ts'
 * @import { Client as ApiClient } from './platform/client.mjs'
 */

const POLL_MS = 200
/** What takes longer than this hangs. */
const LIMIT_MS = 5 * 60_000
const FOLDER = join(ROOT, 'test/histories')
const dir = await mkdtemp(join(tmpdir(), 'cutroom-histories-'))
try {
  await record()
} finally {
  await rm(dir, { recursive: true, force: true })
}

async function record() {
  const platform = await startPlatform(ROOT, join(dir, 'data'), { OUTBOUND_ALLOW: '127.0.0.1' })
  const file = await readJson(join(dir, 'data/platform.json'))
  const { temporalAddress } = /** @type {{ temporalAddress: string }} */ (file)
  const connection = await Connection.connect({ address: temporalAddress })
  try {
    const temporal = new Client({ connection })
    /** @type {Record<string, string>} */
    const ids = await runJobs(createClient(platform.apiUrl))
    ids['deliver-completed'] = await inTime(
      'a delivery',
      runDelivery(createClient(platform.apiUrl), temporal),
    )
    for (const name of ['sweep', 'housekeeping'])
      ids[`${name}-completed`] = await inTime(`the schedule ${name}`, runSchedule(temporal, name))
    await mkdir(FOLDER, { recursive: true })
    for (const [name, id] of Object.entries(ids)) await save(temporal, name, id)
  } finally {
    await connection.close()
    await platform.stop()
  }
}

/**
 * Runs a job of each kind to each end.
 * @param {ApiClient} client
 * @returns {Promise<Record<string, string>>} workflow ids by the name of what happens in them
 */
async function runJobs(client) {
  const [short, long] = await Promise.all([makeClip('short', 2), makeClip('long', 120)])
  return {
    ...(await runEdits(client, short)),
    'edit-cancelled': await runCancelled(client, long),
    ...(await runUploads(client, short)),
  }
}

/**
 * An edit that is completed, one that fails, and its retry, which is completed.
 * @param {ApiClient} client
 * @param {string} clip
 */
async function runEdits(client, clip) {
  const video = await inTime('the upload', client.upload(clip))
  const edit = {
    video_id: video.id,
    operations: [{ type: 'trim', start_time: 0, end_time: 1 }, { type: 'loudness' }],
    output: { qualities: ['240p', '360p'] },
  }
  const completed = await end(client, await client.submit('/edits', edit), 'completed')
  const source = join(dir, 'data/media/uploads', video.filename)
  await rename(source, `${source}.away`)
  const failed = await end(client, await client.submit('/edits', edit), 'failed: file-not-found')
  await rename(`${source}.away`, source)
  const retried = await end(client, await client.submit(`/jobs/${failed.job_id}/retry`, {}), 'completed')
  return {
    'edit-completed': completed.workflow_id,
    'edit-failed': failed.workflow_id,
    'edit-retried': retried.workflow_id,
  }
}

/**
 * An edit that is cancelled while it encodes.
 * @param {ApiClient} client
 * @param {string} clip
 */
async function runCancelled(client, clip) {
  const video = await inTime('the upload', client.upload(clip))
  const job = await client.submit('/edits', {
    video_id: video.id,
    operations: [{ type: 'flip', direction: 'vertical' }],
    output: { qualities: ['720p', '480p'] },
  })
  await end(client, job, 'cancelled', ({ progress }) => {
    if (progress > 0) client.cancelJob(job.job_id).catch(() => undefined)
  })
  return job.workflow_id
}

/**
 * An upload that is refused, and one that is not.
 * @param {ApiClient} client
 * @param {string} clip
 */
async function runUploads(client, clip) {
  const broken = await makeClip('broken', 20)
  await truncate(broken, 40_000)
  const refused = await end(client, await client.sendUpload(broken), 'failed: source-damaged')
  const ingest = await end(client, await client.sendUpload(clip), 'completed')
  return { 'upload-completed': ingest.workflow_id, 'upload-failed': refused.workflow_id }
}

/**
 * Follows a job to its end, which must be the intended one: any other is not to be recorded.
 * @param {ApiClient} client
 * @param {Job} job
 * @param {string} intended
 * @param {(job: Job) => void} onChange
 */
async function end(client, { job_id: id }, intended, onChange = () => undefined) {
  const job = await inTime(`the end of a job that is to be ${intended}`, client.follow(id, onChange))
  const outcome = job.error_code === null ? job.status : `${job.status}: ${job.error_code}`
  if (outcome !== intended) throw new Error(`a job was to be ${intended}, and is ${outcome}`)
  return job
}

/**
 * @template T
 * @param {string} what
 * @param {Promise<T>} waiting
 * @returns {Promise<T>}
 * @throws Error when it takes too long
 */
async function inTime(what, waiting) {
  const over = new AbortController()
  const late = delay(LIMIT_MS, undefined, { signal: over.signal }).then(() => {
    throw new Error(`${what} did not come within ${LIMIT_MS / 1000} s`)
  })
  return Promise.race([waiting, late]).finally(() => over.abort())
}

/**
 * @param {string} name
 * @param {number} seconds
 */
async function makeClip(name, seconds) {
  const file = join(dir, `${name}.mp4`)
  await ffmpeg([
    ...['-f', 'lavfi'],
    ...['-i', `testsrc2=s=640x360:r=25:d=${seconds}`],
    ...['-f', 'lavfi'],
    ...['-i', `sine=duration=${seconds}`],
    ...['-c:v', 'libx264'],
    ...['-preset', 'ultrafast'],
    ...['-c:a', 'aac'],
    ...['-movflags', '+faststart'],
    file,
  ])
  return file
}

/**
 * Pings a webhook whose receiver fails once.
 * @param {ApiClient} client
 * @param {Client} temporal
 * @returns {Promise<string>} the id of the workflow, when it has ended
 */
async function runDelivery(client, temporal) {
  let count = 0
  const receiver = createServer((_req, res) => {
    count += 1
    res.writeHead(count === 1 ? 503 : 204).end()
  })
  await once(receiver.listen(0, '127.0.0.1'), 'listening')
  try {
    const { port } = /** @type {AddressInfo} */ (receiver.address())
    const { id } = await client.createWebhook(`http://127.0.0.1:${port}/`)
    await client.pingWebhook(id)
    const workflowId = `deliver-${id}`
    await temporal.workflow.getHandle(workflowId).result()
    return workflowId
  } finally {
    receiver.close()
  }
}

/**
 * Runs a schedule at once.
 * @param {Client} temporal
 * @param {string} name
 * @returns {Promise<string>} the id of its workflow, when that has ended
 */
async function runSchedule(temporal, name) {
  await temporal.schedule.getHandle(name).trigger()
  const query = `WorkflowType = '${name}' AND ExecutionStatus = 'Completed'`
  for (;;) {
    for await (const { workflowId } of temporal.workflow.list({ query })) return workflowId
    await delay(POLL_MS)
  }
}

/**
 * @param {Client} temporal
 * @param {string} name
 * @param {string} workflowId
 */
async function save(temporal, name, workflowId) {
  const history = await temporal.workflow.getHandle(workflowId).fetchHistory()
  // The SDK's own `historyToJSON` needs a protobufjs other than the one it comes with.
  const { History } = proto.temporal.api.history.v1
  const plain = History.toObject(History.create(history), { bytes: String })
  const lines = JSON.stringify(withoutTraces(parseJson(JSON.stringify(plain))), null, 1)
  await writeFile(join(FOLDER, `${name}.json`), `${lines}\n`)
  console.log(`${name.padEnd(22)} ${history.events?.length ?? 0} events`)
}

/**
 * The value without what only the machine that recorded it knows: names of processes, and where in the code an error
 * arose.
 * @param {unknown} value
 * @returns {unknown}
 */
function withoutTraces(value) {
  if (Array.isArray(value)) return value.map(withoutTraces)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== 'stackTrace')
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === 'identity' ? 'worker' : withoutTraces(inner)]),
  )
}
