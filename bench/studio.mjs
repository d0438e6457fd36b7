import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '../scripts/platform/client.mjs'
import { startPlatform } from '../scripts/platform/start-platform.mjs'
import { ROOT } from '../scripts/platform/tools.mjs'
import { freshCopy } from './clips.mjs'

/**
 * @import { Client } from '../scripts/platform/client.mjs'
 * @import { Job } from '../src/http/console/answers.d.ts'
 * @typedef {Awaited<ReturnType<typeof openStudio>>} Studio
 */

const LONG_POLL_MS = 1000
export const LOGO = 'bench-logo.png'
export const LOGO_FILE = join(ROOT, 'test/fixtures/logo.png')

/**
 * Starts the real platform on a data folder of its own, to be driven over HTTP.
 * @param {string} folder where the data folder goes
 * @param {Record<string, string>} [env] settings
 */
export async function openStudio(folder, env = {}) {
  const dataDir = await mkdtemp(join(folder, 'run-'))
  const settings = { MAX_UPLOAD_BYTES: String(64 * 1024 ** 3), ...env }
  const platform = await startPlatform(ROOT, dataDir, settings).catch(
    async (/** @type {unknown} */ error) => {
      await rm(dataDir, { recursive: true, force: true })
      throw error
    },
  )
  const client = createClient(platform.apiUrl)
  const close = async () => {
    process.off('SIGINT', stopNow)
    await platform.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  // Without the platform, the measurement that runs ends with an error.
  const stopNow = () => void close()
  process.once('SIGINT', stopNow)
  await client.putAsset(LOGO, LOGO_FILE)
  let copies = 0
  return {
    client,
    dataDir,
    mediaDir: join(dataDir, 'media'),
    apiUrl: platform.apiUrl,
    pid: platform.pid,
    /** Uploads a copy that the platform has not seen before. */
    upload: async (/** @type {string} */ clip) => {
      copies += 1
      const copy = await freshCopy(clip, join(dataDir, `copy-${copies}.mp4`), copies)
      try {
        return await client.upload(copy)
      } finally {
        await rm(copy)
      }
    },
    plan: client.plan,
    timeJob: (/** @type {object} */ edit, pollMs = LONG_POLL_MS) => timeJob(client, edit, pollMs),
    outputFile: (/** @type {Job} */ job, /** @type {string} */ name) =>
      join(dataDir, 'media/processed', job.job_id, `${name}.mp4`),
    close,
  }
}

/**
 * Times a job from the POST until it has ended, by its own row: the platform's clock is ours, and a client that polls
 * often enough to see the end itself would take time from the encoders.
 * @param {Client} client
 * @param {object} edit
 * @param {number} pollMs
 */
async function timeJob(client, edit, pollMs) {
  const postedAt = performance.timeOrigin + performance.now()
  const { job_id: id } = await client.submit('/edits', edit)
  const job = await client.follow(id, () => undefined, pollMs)
  if (job.status !== 'completed') throw new Error(`A job ${job.status}: ${job.error_message}`)
  return { job, wallSec: (Date.parse(job.finished_at ?? '') - postedAt) / 1000 }
}
