import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { until } from '../support/until.js'
import { jobReaches, statusOf } from './support/heavy.js'
import { holdEnds } from './support/held-end.js'
import { createHeldSteps, HELD_STEPS, type HeldSteps } from './support/held-steps.js'
import { createInsistentClient, field } from './support/insistent-client.js'
import { encodeClip, type Promised } from './support/load.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { inDatabase } from './support/rows.js'
import { findService, signal } from './support/services.js'
import { canHaveSmallDisk, type SmallDisk, startOnSmallDisk, WHY_NOT } from './support/small-disk.js'

const hasDisk = await canHaveSmallDisk()

let disk: SmallDisk | null = null
let steps: HeldSteps | null = null
afterEach(async () => {
  await disk?.platform.destroy()
  await steps?.destroy()
  disk = null
  steps = null
})

const promise = (what: string, jobId: string): Promised => ({
  jobId,
  what,
  frames: null,
  mayBeCancelled: false,
})

test('each step of a job survives a killed worker and a full disk in its midst', async ({ skip }) => {
  skip(!hasDisk, WHY_NOT)
  steps = await createHeldSteps()
  disk = await startOnSmallDisk({
    ...{ FFMPEG_PATH: steps.ffmpegPath, STALL_TIMEOUT_SEC: '600', MEDIA_SLOTS: '4' },
    ...{ MIN_FREE_DISK_BYTES: '0', LOG_LEVEL: 'info' },
  })
  const { platform, fill, makeRoom } = disk
  const client = createInsistentClient(platform.apiUrl)
  const clip = await encodeClip(join(platform.dataDir, 'clip.mp4'), '320x180', 6)
  const killWorker = async () => {
    const worker = await findService(platform, 'worker')
    if (worker === null) throw new Error('there is no worker')
    signal(worker, 'SIGKILL')
  }
  const first = await client.upload(clip, 'first')
  const videoId = field(first, 'video_id')
  await jobReaches(client, field(first, 'job_id'), 'completed')

  await steps.hold()
  const trim = { type: 'trim', mode: 'smart', start_time: 1.3, end_time: 5 }
  const edits = [
    { video_id: videoId, operations: [trim] },
    { video_id: videoId, output: { qualities: ['240p'], packaging: 'hls', sprite: {} } },
  ]
  const promised: Promised[] = []
  for (const [index, edit] of edits.entries()) {
    promised.push(
      promise(`edit ${index}`, field(await client.post('/edits', edit, `edit-${index}`), 'job_id')),
    )
  }
  const uploadId = field(await client.upload(clip, 'second'), 'job_id')
  promised.push(promise('upload', uploadId))
  await steps.areReached()
  await killWorker()
  await steps.areReached()

  await fill()
  await steps.letGo()
  const waiting = () =>
    inDatabase(platform, async (database) => {
      const { rows } = await database.query("SELECT FROM passes WHERE error_code = 'disk-full'")
      return rows.length
    })
  // All but the poster of an upload, which has no row.
  await until('all passes wait', async () => (await waiting()) >= HELD_STEPS.length - 1, 60_000)
  const log = () => readFile(join(platform.dataDir, 'logs/worker.log'), 'utf8')
  await until('the poster waits', async () =>
    (await log()).split('\n').some((line) => line.includes(uploadId) && line.includes('disk-full')),
  )
  for (const { jobId } of promised) expect(await statusOf(client, jobId)).toBe('processing')
  await makeRoom()
  for (const { jobId } of promised) await jobReaches(client, jobId, 'completed')

  const end = await holdEnds(platform)
  const edit = { video_id: videoId, output: { qualities: ['240p'] } }
  const last = promise('published', field(await client.post('/edits', edit, 'last'), 'job_id'))
  await end.isReached()
  await fill()
  await killWorker()
  await end.letGo()
  await jobReaches(client, last.jobId, 'completed')
  await makeRoom()
  await expectNothingLost(platform, [...promised, last])
}, 300_000)
