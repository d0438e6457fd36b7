import { writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../support/until.js'
import { type ApiClient, createApiClient } from '../support/api-client.js'
import { makeClip, makeLogo } from '../support/clips.js'
import { type Platform, startPlatform } from '../support/platform.js'
import { filesBelow } from '../support/processes.js'
import { expectRefusal, type Traces, traces } from '../support/refusal.js'

const MIB = 1024 * 1024

describe('a bad file is refused', () => {
  let platform: Platform
  let api: ApiClient
  let before: Traces

  beforeAll(async () => {
    platform = await startPlatform()
    api = createApiClient(platform.apiUrl)
    const clip = await makeClip(join(platform.dataDir, 'clip.mp4'), { width: 320, height: 180, seconds: 2 })
    await api.uploadVideo(clip)
    await api.upload('/assets', await makeLogo(join(platform.dataDir, 'logo.png'), '40x20', 'red'))
    before = await traces(platform)
  })
  afterAll(() => platform.destroy())

  const refuse = (response: Response, refusal: Parameters<typeof expectRefusal>[3]) =>
    expectRefusal(platform, before, response, refusal)

  const file = async (name: string, contents: string | Buffer) => {
    const path = join(platform.dataDir, name)
    await writeFile(path, contents)
    return path
  }

  test.each([
    ['a text file named .mp4', 'notes.mp4', 'These are no moving pictures.\n'.repeat(100)],
    [
      'random bytes',
      'noise.mp4',
      Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 251)),
    ],
    ['a playlist in disguise', 'list.mp4', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'],
    ['a concat script in disguise', 'script.mp4', 'ffconcat version 1.0\nfile clip.mp4\n'],
  ])('as an upload, when it is %s', async (_, name, contents) => {
    await refuse(await api.upload('/upload', await file(name, contents)), {
      status: 400,
      code: 'unsupported-media',
    })
  })

  test('as an upload, when it is empty', async () => {
    const response = await api.upload('/upload', await file('empty.mp4', ''))
    await refuse(response, { status: 400, code: 'request-invalid', pointers: ['/file'] })
  })

  test('as an upload of 501 MB, before it is sent', async () => {
    const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const headers = {
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 501 * MIB,
      }
      const call = request(api.url('/upload'), { method: 'POST', headers }, (response) => {
        let body = ''
        response.on('data', (chunk: Buffer) => (body += chunk.toString()))
        response.on('end', () => {
          call.destroy()
          resolve({ status: response.statusCode ?? 0, body })
        })
      })
      call.on('error', reject)
      call.flushHeaders()
    })
    expect(answer.status).toBe(413)
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'upload-too-large' })
    expect(await traces(platform)).toEqual(before)
  })

  test('as an upload that breaks off halfway, and leaves nothing', async () => {
    const call = request(api.url('/upload'), {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': 100 * MIB },
    })
    call.on('error', () => undefined)
    call.write('--x\r\nContent-Disposition: form-data; name="file"; filename="half.mp4"\r\n\r\n')
    await new Promise((resolve) => call.write(Buffer.alloc(8 * MIB), resolve))
    const work = join(platform.dataDir, 'media/work')
    await until('the upload has arrived in part', async () => (await filesBelow(work)).length > 0)
    call.destroy()
    await until('its file is gone', async () => (await filesBelow(work)).length === 0)
    expect(await traces(platform)).toEqual(before)
  })

  test('as an asset, with ../ in the name, with a name that is taken, or when it is no media', async () => {
    const logo = join(platform.dataDir, 'logo.png')
    const send = async (name: string, path: string) => {
      const form = new FormData()
      form.set('name', name)
      form.set('file', new Blob([path]), 'x.png')
      return fetch(api.url('/assets'), { method: 'POST', body: form })
    }
    await refuse(await send('../evil.png', 'x'), {
      status: 400,
      code: 'request-invalid',
      pointers: ['/name'],
    })
    await refuse(await api.upload('/assets', logo), { status: 409, code: 'asset-exists' })
    await refuse(await send('nothing.png', 'no picture'), { status: 400, code: 'unsupported-media' })
  })
})
