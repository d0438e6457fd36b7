import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readNumbers } from '../support/frames.js'
import { ffmpeg, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { type ApiClient, createApiClient } from './support/api-client.js'
import { type Platform, startPlatform } from './support/platform.js'

let platform: Platform
let api: ApiClient
beforeAll(async () => {
  platform = await startPlatform()
  api = createApiClient(platform.apiUrl)
})
afterAll(() => platform.destroy())

test('a template is rendered with values, and what is wrong with them is told', async () => {
  const clip = join(platform.dataDir, 'clip.mp4')
  await ffmpeg(...lavfi(numberedVideo({ rate: '25', seconds: 4 })), ...H264, clip)
  const videoId = await api.uploadVideo(clip)
  const template = {
    name: 'Part',
    edit: { operations: [{ type: 'trim', start_time: '{{from}}', end_time: '{{to}}', mode: 'exact' }] },
    values_schema: {
      properties: { from: { type: 'number', default: 1 }, to: { type: 'number' } },
      required: ['to'],
    },
  }
  const { id } = (await (await api.post('/templates', template)).json()) as { id: string }
  const render = (values: object) => api.post(`/templates/${id}/render`, { video_id: videoId, values })

  const accepted = await render({ to: 1.2 })
  expect(accepted.status).toBe(202)
  const { job_id: jobId } = (await accepted.json()) as { job_id: string }
  expect(await api.followToEnd(jobId)).toMatchObject({ status: 'completed', type: 'edit' })
  const file = join(platform.dataDir, 'part.mp4')
  const download = await fetch(api.url(`/jobs/download/${jobId}`))
  await writeFile(file, Buffer.from(await download.arrayBuffer()))
  expect(await readNumbers(file)).toEqual([25, 26, 27, 28, 29])

  for (const [values, pointer] of [
    [{ to: 'x' }, '/values/to'],
    [{ to: 50 }, '/edit/operations/0/end_time'],
  ] as const) {
    const { errors } = await api.problem(await render(values))
    expect(errors?.map((error) => error.pointer)).toEqual([pointer])
  }
})
