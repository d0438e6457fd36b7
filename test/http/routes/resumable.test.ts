import { randomBytes } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { FACTS } from '../../support/records.js'
import { ALICE, MAX_BYTES, useUploads } from '../resumable-uploads.js'
import { expectProblem, openRaw, readJson } from '../support.js'

const { server, keyOf, call, patch, begin, offsetOf, urlOf, storedBytes, filesOf } = useUploads()

describe('an upload in several requests', () => {
  test('becomes the same bytes, with one job that has its metadata, and leaves nothing else', async () => {
    const content = randomBytes(2_500_000)
    const response = await begin({
      filename: 'a/día.mp4',
      size: content.length,
      metadata: { ref: 'A' },
      priority: 2,
    })
    const url = response.headers.get('location') ?? ''
    expect(await readJson(response)).toMatchObject({
      upload_url: url,
      status: 'open',
      filename: 'día.mp4',
      offset: 0,
    })
    expect((await patch(url, 0, content.subarray(0, 1_200_000))).headers.get('upload-offset')).toBe('1200000')
    expect(await offsetOf(url)).toBe(1_200_000)
    const last = await patch(url, 1_200_000, content.subarray(1_200_000))
    expect(last.status).toBe(204)
    const jobId = last.headers.get('x-job-id') ?? ''
    const job = await readJson(await server().fetch(`/api/v1/jobs/${jobId}`, await keyOf(ALICE)))
    expect(job).toMatchObject({ type: 'upload', metadata: { ref: 'A' }, priority: 2 })
    expect((await storedBytes(last.headers.get('x-video-id'))).equals(content)).toBe(true)
    expect(await filesOf(url)).toEqual([])
    expect(await readJson(await call(url, 'GET'))).toMatchObject({ status: 'completed', job_id: jobId })
    // A client that lost the answer asks again.
    const again = await call(url, 'HEAD')
    expect([again.headers.get('upload-offset'), again.headers.get('x-job-id')]).toEqual(['2500000', jobId])
  })

  test('of unknown length is bounded, and ends when its length is told', async () => {
    const url = await urlOf({ filename: 'a.mp4' })
    expect((await call(url, 'HEAD')).headers.get('upload-defer-length')).toBe('1')
    await patch(url, 0, Buffer.from('abc'))
    await expectProblem(await patch(url, 3, Buffer.alloc(MAX_BYTES)), 413, 'upload-too-large')
    expect(await offsetOf(url)).toBe(3)
    const last = await patch(url, 3, Buffer.from('de'), { 'Upload-Length': '5' })
    expect(last.headers.get('x-job-id')).not.toBeNull()
    expect((await storedBytes(last.headers.get('x-video-id'))).toString()).toBe('abcde')
  })

  test('keeps what came before a cut', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 1_000_000 })
    const { socket } = openRaw(Number(new URL(server().url).port))
    socket.write(
      `PATCH ${url} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n` +
        'Content-Type: application/offset+octet-stream\r\nContent-Length: 1000000\r\n\r\n',
    )
    const content = randomBytes(1_000_000)
    socket.write(content.subarray(0, 600_000))
    await vi.waitFor(async () => {
      const usage = await readJson(await server().fetch('/api/v1/usage', await keyOf(ALICE)))
      expect(usage).toMatchObject({ open_uploads: { used: 1 } })
    })
    // HEAD asks the request that still waits for bytes to let go, as the tus protocol has it.
    const offset = await offsetOf(url)
    expect(offset).toBeGreaterThan(0)
    socket.destroy()
    const last = await patch(url, offset, content.subarray(offset))
    expect((await storedBytes(last.headers.get('x-video-id'))).equals(content)).toBe(true)
  })

  test('is made once for an idempotency key', async () => {
    const key = { 'Idempotency-Key': 'k1' }
    const first = await begin({ filename: 'a.mp4', size: 10 }, ALICE, key)
    const again = await begin({ filename: 'a.mp4', size: 10 }, ALICE, key)
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    await expectProblem(
      await begin({ filename: 'b.mp4', size: 10 }, ALICE, key),
      422,
      'idempotency-key-reused',
    )
  })

  test('that is no film is refused once, and nothing stays', async () => {
    const url = await urlOf({ filename: 'a.txt', size: 4 })
    server().world.facts = new AppError('unsupported-media', 'It is no film.')
    await expectProblem(await patch(url, 0, Buffer.from('text')), 400, 'unsupported-media')
    server().world.facts = FACTS
    expect((await call(url, 'HEAD')).status).toBe(400)
    expect(await readJson(await call(url, 'GET'))).toMatchObject({
      status: 'failed',
      error_code: 'unsupported-media',
    })
    expect(await filesOf(url)).toEqual([])
  })

  test('whose job cannot be made now is kept, and the next look makes the job', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 4 })
    const { failures } = server().world.orchestrator
    failures.check = new AppError('orchestrator-unavailable', 'Temporal is away.')
    // An error would have clients begin anew.
    const last = await patch(url, 0, Buffer.from('film'))
    expect([last.status, last.headers.get('upload-offset'), last.headers.get('x-job-id')]).toEqual([
      204,
      '4',
      null,
    ])
    expect((await call(url, 'HEAD')).headers.get('upload-offset')).toBe('4')
    failures.check = null
    const found = await call(url, 'HEAD')
    expect((await storedBytes(found.headers.get('x-video-id'))).toString()).toBe('film')
  })

  test('takes its bytes by POST from a client that can send no PATCH', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 4 })
    const response = await server().fetch(url, null, {
      method: 'POST',
      headers: {
        'Tus-Resumable': '1.0.0',
        'X-HTTP-Method-Override': 'PATCH',
        'Upload-Offset': '0',
        'Content-Type': 'application/offset+octet-stream',
      },
      body: 'film',
    })
    expect([response.status, response.headers.get('upload-offset')]).toEqual([204, '4'])
  })

  test('is removed by DELETE', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 10 })
    await patch(url, 0, Buffer.from('abc'))
    expect((await call(url, 'DELETE')).status).toBe(204)
    expect((await call(url, 'HEAD')).status).toBe(404)
    expect(await filesOf(url)).toEqual([])
  })
})
