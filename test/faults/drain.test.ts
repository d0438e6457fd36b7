import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type Platform, startPlatform } from '../e2e/support/platform.js'
import { ffmpegBelow } from '../e2e/support/processes.js'
import { until } from '../support/until.js'
import { heartbeatsOf } from './support/attempts.js'
import { beginUpload, isUploading } from './support/half-upload.js'
import { uploadHeavy } from './support/heavy.js'
import { createInsistentClient, field } from './support/insistent-client.js'
import { encodeClip } from './support/load.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { findService, signal } from './support/services.js'

let platform: Platform
afterEach(() => platform.destroy())

async function serviceOf(name: 'api' | 'worker'): Promise<number> {
  const pid = await findService(platform, name)
  if (pid === null) throw new Error(`there is no ${name}`)
  return pid
}

describe('SIGTERM', () => {
  test('of the API lets an upload that has begun finish, and accepts it', async () => {
    platform = await startPlatform({ env: { LOG_LEVEL: 'error' } })
    const bytes = await readFile(await encodeClip(join(platform.dataDir, 'clip.mp4'), '640x360', 4))
    const pid = await serviceOf('api')
    const upload = await beginUpload(platform, bytes)
    signal(pid, 'SIGTERM')
    const refused = async () => (await fetch(new URL('/', platform.apiUrl)).catch(() => null)) === null
    await until('no new connection is taken', refused)
    const answer = await upload.finish()
    expect(answer.status).toBe(202)
    await until('the API is started again', async () => {
      const now = await findService(platform, 'api')
      return now !== null && now !== pid
    })
    await expectNothingLost(platform, [
      { jobId: field(answer, 'job_id'), what: 'upload', frames: null, mayBeCancelled: false },
    ])
    expect(await isUploading(platform)).toBe(false)
  })

  test('of the worker stops its encodes with it, and they begin again elsewhere', async () => {
    platform = await startPlatform({ env: { LOG_LEVEL: 'error' } })
    const client = createInsistentClient(platform.apiUrl)
    const heavy = await uploadHeavy(platform, client, 12)
    const job = await heavy.begin('drained')
    const before = await ffmpegBelow(platform.dataDir)
    const pid = await serviceOf('worker')
    signal(pid, 'SIGTERM')
    await until('the worker is gone', async () => (await findService(platform, 'worker')) !== pid, 20_000)
    const left = (await ffmpegBelow(platform.dataDir)).filter((one) => before.includes(one))
    expect(left).toEqual([])
    let told: unknown = null
    await until(
      'another attempt runs',
      async () => {
        const again = (await heartbeatsOf(platform, job.jobId)).find(({ attempt }) => attempt > 1)
        told = again?.told ?? null
        return told !== null
      },
      60_000,
    )
    expect(told).toMatchObject({ deaths: 0, runs: 'together' })
    await expectNothingLost(platform, [job])
  })
})
