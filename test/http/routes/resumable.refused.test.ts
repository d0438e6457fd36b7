import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Owner } from '../../../src/jobs/model.js'
import { ALICE, BOB, idIn, MAX_BYTES, useUploads } from '../resumable-uploads.js'
import { expectProblem, readJson } from '../support.js'

const { server, keyOf, call, patch, begin, beginTus, offsetOf, urlOf, storedBytes } = useUploads()

describe('refused are', () => {
  test('offsets that are not where the upload is, and leave it alone', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 10 })
    await patch(url, 0, Buffer.from('abc'))
    for (const offset of [0, 2, 4, 10])
      await expectProblem(await patch(url, offset, Buffer.from('x')), 409, 'upload-offset-wrong')
    for (const offset of ['-1', '3.0', '0x3', 'NaN'])
      await expectProblem(
        await patch(url, 0, Buffer.from('x'), { 'Upload-Offset': offset }),
        400,
        'request-invalid',
      )
    await expectProblem(await patch(url, 3, Buffer.from('12345678')), 413, 'upload-too-large')
    await expectProblem(
      await patch(url, 3, Buffer.from('x'), { 'Content-Type': 'video/mp4' }),
      415,
      'unsupported-content-type',
    )
    await expectProblem(
      await patch(url, 3, Buffer.from('x'), { 'Tus-Resumable': '0.2.2' }),
      412,
      'tus-unsupported',
    )
    expect(await offsetOf(url)).toBe(3)
  })

  test('bytes with a wrong checksum, and right ones are taken', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 10 })
    const sum = (text: string, algorithm = 'sha1') =>
      `${algorithm} ${createHash(algorithm).update(text).digest('base64')}`
    await expectProblem(
      await patch(url, 0, Buffer.from('abc'), { 'Upload-Checksum': sum('abd') }),
      460,
      'checksum-mismatch',
    )
    expect(await offsetOf(url)).toBe(0)
    for (const wrong of ['crc32 AAAA', 'sha1', 'sha1 AAAA', `sha1 ${'A'.repeat(28)} x`])
      await expectProblem(
        await patch(url, 0, Buffer.from('abc'), { 'Upload-Checksum': wrong }),
        400,
        'request-invalid',
      )
    await patch(url, 0, Buffer.from('abc'), { 'Upload-Checksum': sum('abc') })
    expect(
      (await patch(url, 3, Buffer.from('1234567'), { 'Upload-Checksum': sum('1234567', 'sha256') })).status,
    ).toBe(204)
  })

  test('first bytes that are wrong, together with the upload that they begin', async () => {
    const count = async () =>
      (await readJson(await server().fetch('/api/v1/usage', await keyOf(ALICE))))['unfinished_uploads']
    const before = await count()
    const response = await server().fetch('/api/v1/uploads', await keyOf(ALICE), {
      method: 'POST',
      headers: {
        'Tus-Resumable': '1.0.0',
        'Content-Type': 'application/offset+octet-stream',
        'Upload-Length': '10',
        'Upload-Checksum': `sha1 ${createHash('sha1').update('abd').digest('base64')}`,
      },
      body: 'abc',
    })
    await expectProblem(response, 460, 'checksum-mismatch')
    expect(await count()).toEqual(before)
  })

  test('tokens that the server has not signed, and uploads that have expired', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 10 })
    const other = await urlOf({ filename: 'a.mp4', size: 10 })
    const mixed = `${url.split('.')[0]}.${other.split('.')[1]}`
    for (const path of [`${url}x`, url.slice(0, -1), mixed, `${url}.x`, '/uploads/resumable/x'])
      expect((await patch(path, 0, Buffer.from('x'))).status).toBe(404)
    const { uploads } = server().world.deps.repositories
    const [id, token] = [idIn(url), randomUUID()]
    await uploads.acquire(id, token, 1000)
    await uploads.update(id, token, { expiresAt: new Date(0) })
    await uploads.release(id, token)
    await expectProblem(await patch(url, 0, Buffer.from('x')), 410, 'upload-expired')
  })

  test('files that are too large, and bodies that are wrong', async () => {
    await expectProblem(await begin({ filename: 'a', size: MAX_BYTES + 1 }), 413, 'upload-too-large')
    await expectProblem(await beginTus({ 'Upload-Length': String(MAX_BYTES + 1) }), 413, 'upload-too-large')
    await expectProblem(await begin({ size: 0, x: 1 }), 400, 'request-invalid')
    await expectProblem(await beginTus({}), 400, 'request-invalid')
    await expectProblem(
      await beginTus({ 'Upload-Length': '5', 'Upload-Metadata': 'filename x y' }),
      400,
      'request-invalid',
    )
    await expectProblem(
      await beginTus({ 'Upload-Length': '5', 'Upload-Metadata': `ref ${btoa('a\0b')}` }),
      400,
      'request-invalid',
    )
  })
})

test('two requests at once never mix their bytes', async () => {
  const url = await urlOf({ filename: 'a.mp4', size: 2_000_000 })
  const [a, b] = [Buffer.alloc(2_000_000, 'a'), Buffer.alloc(2_000_000, 'b')]
  const answers = await Promise.all([patch(url, 0, a), patch(url, 0, b)])
  // The second one asks the first to let go; whoever comes too late is told the offset.
  for (;;) {
    const offset = await offsetOf(url)
    if (offset === 2_000_000) break
    answers.push(await patch(url, offset, a.subarray(offset)))
  }
  const videoId = (await call(url, 'HEAD')).headers.get('x-video-id')
  const text = (await storedBytes(videoId)).toString()
  expect(text).toMatch(/^(a+|b+a*)$/)
  expect(answers.map(({ status }) => status).every((status) => status === 204 || status === 409)).toBe(true)
})

test('an owner has a limited number of unfinished uploads', async () => {
  const many = 'many' as Owner
  const statuses: number[] = []
  for (let count = 0; count < 1010; count += 10) {
    const some = Array.from({ length: 10 }, () => begin({ filename: 'a.mp4', size: 10 }, many))
    statuses.push(...(await Promise.all(some)).map(({ status }) => status))
  }
  expect(statuses.filter((status) => status === 201)).toHaveLength(1000)
  expect(statuses.slice(-10)).toEqual(Array.from({ length: 10 }, () => 429))
  const usage = await readJson(await server().fetch('/api/v1/usage', await keyOf(many)))
  expect(usage['unfinished_uploads']).toEqual({ used: 1000, limit: 1000 })
  expect((await begin({ filename: 'a.mp4', size: 10 }, BOB)).status).toBe(201)
}, 120_000)
