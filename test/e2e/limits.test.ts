import { readFile } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { type Platform, startPlatform } from './support/platform.js'

const CLIP = 'test/fixtures/big-buck-bunny-720p-5s.mp4'

let platform: Platform
afterEach(() => platform.destroy())

async function upload(headers: Record<string, string> = {}): Promise<Response> {
  const form = new FormData()
  form.set('file', new Blob([await readFile(CLIP)]), 'clip.mp4')
  return fetch(`${platform.apiUrl}/api/v1/upload`, { method: 'POST', body: form, headers })
}

test('uploads beyond the queue limit are refused, except repeated ones', async () => {
  platform = await startPlatform({ env: { NO_WORKER: '1', MAX_QUEUED_JOBS: '1' } })
  const first = await upload({ 'Idempotency-Key': 'first' })
  expect(first.status).toBe(202)
  const second = await upload()
  expect([second.status, second.headers.get('retry-after')]).toEqual([429, '5'])
  expect(await second.json()).toMatchObject({ code: 'queue-full' })
  expect((await upload({ 'Idempotency-Key': 'first' })).status).toBe(202)
})

test('an upload that does not fit on the disk is refused', async () => {
  platform = await startPlatform({
    env: { NO_WORKER: '1', MIN_FREE_DISK_BYTES: String(Number.MAX_SAFE_INTEGER) },
  })
  const refused = await upload()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await refused.json()).toMatchObject({ code: 'disk-full' })
})
