// npm run histories: records what Temporal keeps of a workflow of every kind and outcome, for the tests to replay.
// To be run when a workflow has been changed on purpose. What older versions wrote stays in test/histories/older.
import { mkdir, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import proto from '@temporalio/proto'
import { ffmpeg, ROOT } from './platform/tools.mjs'
import { createClient } from './platform/client.mjs'
import { startPlatform } from './platform/start-platform.mjs'

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
  const platform = await startPlatform(ROOT, join(dir, 'data'))
  const { temporalAddress } = JSON.parse(await readFile(join(dir, 'data/platform.json'), 'utf8'))
  const connection = await Connection.connect({ address: temporalAddress })
  try {
    const temporal = new Client({ connection })
    const jobs = await runJobs(createClient(platform.apiUrl))
    for (const name of ['sweep', 'housekeeping'])
      jobs[`${name}-completed`] = await inTime(`the schedule ${name}`, runSchedule(temporal, name))
    await mkdir(FOLDER, { recursive: true })
    for (const [name, id] of Object.entries(jobs)) await save(temporal, name, id)
  } finally {
    await connection.close()
    await platform.stop()
  }
}

/** Workflow ids by the name of what happens in them. */
async function runJobs(client) {
  const [short, long] = await Promise.all([makeClip('short', 2), makeClip('long', 120)])
  const uploaded = await inTime('the upload', client.upload(short))
  const edit = (videoId) => ({
    video_id: videoId,
    operations: [{ type: 'trim', start_time: 0, end_time: 1 }, { type: 'loudness' }],
    output: { qualities: ['240p', '360p'] },
  })
  const completed = await end(client, await client.submit('/edits', edit(uploaded.id)), 'completed')

  const source = join(dir, 'data/media/uploads', uploaded.filename)
  await rename(source, `${source}.away`)
  const failed = await end(client, await client.submit('/edits', edit(uploaded.id)), 'failed: file-not-found')
  await rename(`${source}.away`, source)
  const retried = await end(client, await client.submit(`/jobs/${failed.job_id}/retry`, {}), 'completed')

  const longVideo = await inTime('the upload', client.upload(long))
  const cancelled = await client.submit('/edits', {
    video_id: longVideo.id,
    operations: [{ type: 'flip', direction: 'vertical' }],
    output: { qualities: ['720p', '480p'] },
  })
  await end(client, cancelled, 'cancelled', ({ progress }) => {
    if (progress > 0) client.cancelJob(cancelled.job_id).catch(() => undefined)
  })
  const broken = await makeClip('broken', 20)
  await truncate(broken, 40_000)
  const refused = await end(client, await client.sendUpload(broken), 'failed: source-damaged')
  const ingest = await end(client, await client.sendUpload(short), 'completed')
  return {
    'edit-completed': completed.workflow_id,
    'edit-failed': failed.workflow_id,
    'edit-retried': retried.workflow_id,
    'edit-cancelled': cancelled.workflow_id,
    'upload-completed': ingest.workflow_id,
    'upload-failed': refused.workflow_id,
  }
}

/** Follows a job to its end, which must be the intended one: anything else is not to be recorded. */
async function end(client, { job_id: id }, intended, onChange = () => undefined) {
  const job = await inTime(`the end of a job that is to be ${intended}`, client.follow(id, onChange))
  const outcome = job.error_code === null ? job.status : `${job.status}: ${job.error_code}`
  if (outcome !== intended) throw new Error(`a job was to be ${intended}, and is ${outcome}`)
  return job
}

/** @throws Error when it takes too long */
async function inTime(what, waiting) {
  let timer
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`waited ${LIMIT_MS / 1000} s in vain for ${what}`)), LIMIT_MS)
  })
  return Promise.race([waiting, late]).finally(() => clearTimeout(timer))
}

async function makeClip(name, seconds) {
  const file = join(dir, `${name}.mp4`)
  await ffmpeg([
    ...['-f', 'lavfi', '-i', `testsrc2=s=640x360:r=25:d=${seconds}`],
    ...['-f', 'lavfi', '-i', `sine=duration=${seconds}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-movflags', '+faststart', file],
  ])
  return file
}

/** Has a schedule run at once. @returns the id of its workflow when that has ended */
async function runSchedule(temporal, name) {
  await temporal.schedule.getHandle(name).trigger()
  const query = `WorkflowType = '${name}' AND ExecutionStatus = 'Completed'`
  for (;;) {
    for await (const { workflowId } of temporal.workflow.list({ query })) return workflowId
    await delay(POLL_MS)
  }
}

async function save(temporal, name, workflowId) {
  const history = await temporal.workflow.getHandle(workflowId).fetchHistory()
  // The SDK's own `historyToJSON` needs a protobufjs other than the one it comes with.
  const plain = proto.temporal.api.history.v1.History.toObject(history, { bytes: String })
  const lines = JSON.stringify(withoutTraces(JSON.parse(JSON.stringify(plain))), null, 1)
  await writeFile(join(FOLDER, `${name}.json`), `${lines}\n`)
  console.log(`${name.padEnd(22)} ${history.events.length} events`)
}

/** Nothing of the machine that recorded it: names of processes, and where in the code an error arose. */
function withoutTraces(value) {
  if (Array.isArray(value)) return value.map(withoutTraces)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== 'stackTrace')
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === 'identity' ? 'worker' : withoutTraces(inner)]),
  )
}
