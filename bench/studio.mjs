import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '../scripts/platform/client.mjs'
import { startPlatform } from '../scripts/platform/start-platform.mjs'
import { freshCopy } from './clips.mjs'
import { ROOT } from '../scripts/platform/tools.mjs'

const LONG_POLL_MS = 1000
export const LOGO = 'bench-logo.png'
export const LOGO_FILE = join(ROOT, 'test/fixtures/logo.png')

/** The real platform on a data folder of its own, driven over HTTP. */
export async function openStudio(folder, env = {}) {
  const dataDir = await mkdtemp(join(folder, 'run-'))
  const settings = { MAX_UPLOAD_BYTES: String(64 * 1024 ** 3), ...env }
  const platform = await startPlatform(ROOT, dataDir, settings).catch(async (error) => {
    await rm(dataDir, { recursive: true, force: true })
    throw error
  })
  const client = createClient(platform.apiUrl)
  const close = async () => {
    process.off('SIGINT', stopNow)
    await platform.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  // What goes on ends with an error, now that the platform is gone.
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
    async upload(clip) {
      copies += 1
      const copy = await freshCopy(clip, join(dataDir, `copy-${copies}.mp4`), copies)
      try {
        return await client.upload(copy)
      } finally {
        await rm(copy)
      }
    },
    plan: (edit) => client.submit('/edits', { ...edit, dry_run: true }),
    timeJob: (edit, pollMs) => timeJob(client, edit, pollMs),
    outputFile: (job, name) => join(dataDir, 'media/processed', job.job_id, `${name}.mp4`),
    close,
  }
}

/**
 * From the POST until the job has ended, by its own row: the platform's clock is ours, and a client that asks
 * often enough to know it as well would take time from the encoders.
 */
async function timeJob(client, edit, pollMs = LONG_POLL_MS) {
  const postedAt = performance.timeOrigin + performance.now()
  const { job_id: id } = await client.submit('/edits', edit)
  const job = await client.follow(id, () => undefined, pollMs)
  if (job.status !== 'completed') throw new Error(`A job ${job.status}: ${job.error_message}`)
  return { job, wallSec: (Date.parse(job.finished_at) - postedAt) / 1000 }
}
