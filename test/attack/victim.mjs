// The owner who is watched while another attacks. It runs as a process of its own, since the attackers' bodies keep
// theirs busy. It tells its parent every answer's time: { kind: 'get' | 'upload', ms, fault }.
import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from '../../scripts/platform/client.mjs'

const [apiUrl = '', key = '', clip = ''] = process.argv.slice(2)
/** Milliseconds between two requests, and between two uploads. */
const GET_EVERY = 200
const UPLOAD_EVERY = 3_000

const client = createClient(apiUrl, key)
const { job_id: jobId } = await client.sendUpload(clip)
await client.follow(jobId, () => undefined, 50)
await Promise.all([
  repeat('get', GET_EVERY, () => client.getJob(jobId)),
  repeat('upload', UPLOAD_EVERY, async () => {
    const job = await client.sendUpload(clip)
    const {
      status,
      video_id: videoId,
      error_code: code,
    } = await client.follow(job.job_id, () => undefined, 50)
    if (status !== 'completed') throw new Error(`the upload is ${status}: ${code}`)
    return videoId
  }),
])

/**
 * @param {string} kind
 * @param {number} everyMs
 * @param {() => Promise<unknown>} act
 */
async function repeat(kind, everyMs, act) {
  for (;;) {
    const since = performance.now()
    const fault = await act().then(
      () => null,
      (/** @type {unknown} */ error) => String(error),
    )
    process.send?.({ kind, ms: performance.now() - since, fault })
    await delay(everyMs)
  }
}
