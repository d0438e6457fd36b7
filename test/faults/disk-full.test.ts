import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createApiClient } from '../e2e/support/api-client.js'
import { filesBelow } from '../e2e/support/processes.js'
import { encodesOf } from './support/attempts.js'
import { beginUpload } from './support/half-upload.js'
import { jobReaches, uploadHeavy } from './support/heavy.js'
import { createInsistentClient, field } from './support/insistent-client.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { readRows } from './support/rows.js'
import { signal } from './support/services.js'
import {
  canHaveSmallDisk,
  FILLER,
  MIB,
  type SmallDisk,
  startOnSmallDisk,
  WHY_NOT,
} from './support/small-disk.js'

const hasDisk = await canHaveSmallDisk()

let disk: SmallDisk | null = null
afterEach(async () => {
  await disk?.platform.destroy()
  disk = null
})

async function start(minFreeBytes: number): Promise<SmallDisk> {
  disk = await startOnSmallDisk({ MIN_FREE_DISK_BYTES: String(minFreeBytes), LOG_LEVEL: 'info' })
  return disk
}

const REFUSED = {
  status: 503,
  retryAfter: expect.stringMatching(/^\d+$/) as string,
  body: { code: 'disk-full' },
}

async function post(apiUrl: string, path: string, body: FormData | object) {
  const isForm = body instanceof FormData
  const response = await fetch(new URL(`/api/v1${path}`, apiUrl), {
    method: 'POST',
    headers: isForm ? {} : { 'content-type': 'application/json' },
    body: isForm ? body : JSON.stringify(body),
  })
  const answer: unknown = await response.json()
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: answer }
}

describe('when the disk fills up', () => {
  test('under an upload and under an encode, the upload is refused and the encode waits for room', async ({
    skip,
  }) => {
    skip(!hasDisk, WHY_NOT)
    const { platform, fill, makeRoom } = await start(0)
    const { apiUrl, mediaDir, dataDir } = platform

    const upload = await beginUpload(platform, randomBytes(4 * MIB))
    await fill()
    expect(await upload.finish()).toMatchObject(REFUSED)
    expect(await readdir(join(mediaDir, 'work'))).toEqual([])
    expect(await filesBelow(mediaDir)).toEqual([FILLER])
    await makeRoom()

    const client = createInsistentClient(apiUrl)
    const heavy = await uploadHeavy(platform, client, 2)
    const job = await heavy.begin('meets-a-full-disk')
    // The encode finds the disk full, however fast the machine is.
    const encodes = await encodesOf(platform, job.jobId)
    expect(encodes).not.toEqual([])
    for (const pid of encodes) signal(pid, 'SIGSTOP')
    await fill()
    for (const pid of encodes) signal(pid, 'SIGCONT')
    const api = createApiClient(apiUrl)
    const waiting = await api.follow(job.jobId, ({ renditions }) => renditions[0]?.error_code === 'disk-full')
    expect(waiting.status).toBe('processing')
    const later = { video_id: heavy.videoId, qualities: ['240p'] }
    expect(await post(apiUrl, '/quality', later)).toMatchObject(REFUSED)
    await makeRoom()
    await jobReaches(client, job.jobId, 'completed')
    // A refusal beforehand has another message.
    const log = await readFile(join(dataDir, 'logs/worker.log'), 'utf8')
    expect(log).toContain('The storage was full while rendering.')
    const laterId = field(await client.post('/quality', later, 'later'), 'job_id')
    await expectNothingLost(platform, [job, { ...job, jobId: laterId, what: 'later' }])
  })
})

test('when the disk has room and no inodes, uploads are refused and encodes wait, too', async ({ skip }) => {
  skip(!hasDisk, WHY_NOT)
  const { platform, fillInodes, makeRoom, freeBytes } = await start(0)
  const client = createInsistentClient(platform.apiUrl)
  const heavy = await uploadHeavy(platform, client, 2)
  const job = await heavy.begin('meets-a-disk-without-inodes')
  const encodes = await encodesOf(platform, job.jobId)
  for (const pid of encodes) signal(pid, 'SIGSTOP')
  await fillInodes()
  for (const pid of encodes) signal(pid, 'SIGCONT')
  const form = new FormData()
  form.set('file', new Blob([await readFile(join(platform.dataDir, 'heavy.mp4'))]), 'heavy.mp4')
  expect(await post(platform.apiUrl, '/upload', form)).toMatchObject(REFUSED)
  const api = createApiClient(platform.apiUrl)
  await api.follow(job.jobId, ({ renditions }) => renditions[0]?.error_code === 'disk-full')
  expect(await freeBytes()).toBeGreaterThan(MIB)
  await makeRoom()
  await jobReaches(client, job.jobId, 'completed')
  await expectNothingLost(platform, [job])
})

describe('the disk budget', () => {
  test('refuses what would go below it before anything is written', async ({ skip }) => {
    skip(!hasDisk, WHY_NOT)
    const budget = 24 * MIB
    const { platform, fill, makeRoom, freeBytes } = await start(budget)
    const client = createInsistentClient(platform.apiUrl)
    const heavy = await uploadHeavy(platform, client, 2)
    await fill(budget + MIB / 4)
    const state = async () => ({
      files: await filesBelow(platform.mediaDir),
      free: await freeBytes(),
      jobs: (await readRows(platform)).jobs.length,
    })
    const before = await state()
    const form = new FormData()
    form.set('file', new Blob([await readFile(join(platform.dataDir, 'heavy.mp4'))]), 'heavy.mp4')
    expect(await post(platform.apiUrl, '/upload', form)).toMatchObject(REFUSED)
    const edit = { video_id: heavy.videoId, qualities: ['720p'] }
    expect(await post(platform.apiUrl, '/quality', edit)).toMatchObject(REFUSED)
    expect(await state()).toEqual(before)
    await makeRoom()
    await expectNothingLost(platform, [await heavy.begin('fits-again')])
  })
})
