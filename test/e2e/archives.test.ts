import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ffmpeg, ffprobe, H264, lavfi } from '../support/lavfi.js'
import { unzip } from '../support/unzip.js'
import { type ApiClient, createApiClient } from './support/api-client.js'
import { type Platform, startPlatform } from './support/platform.js'

let platform: Platform
let api: ApiClient
beforeAll(async () => {
  platform = await startPlatform()
  api = createApiClient(platform.apiUrl)
})
afterAll(() => platform.destroy())

test('a stream is downloaded as one file, which plays once it is unpacked', async () => {
  const clip = join(platform.dataDir, 'clip.mp4')
  await ffmpeg(...lavfi('testsrc2=s=320x180:r=25:d=6'), ...H264, clip)
  const edit = { video_id: await api.uploadVideo(clip), output: { packaging: 'hls', qualities: ['240p'] } }
  const { job_id: id } = await api.submit('/edits', edit)
  expect(await api.followToEnd(id)).toMatchObject({ status: 'completed' })

  const response = await fetch(api.url(`/jobs/download/${id}?quality=hls&format=zip`))
  const archive = Buffer.from(await response.arrayBuffer())
  expect(response.headers.get('content-length')).toBe(String(archive.length))
  const files = await unzip(archive)
  const list = await api.get<{
    files: { name: string; size: number; download_url: string }[]
    total: number
  }>(`/jobs/${id}/outputs/hls/files`)
  expect([...files].map(([path, { length }]) => [path, length])).toEqual(
    list.files.map(({ name, size }) => [`clip-hls/${name}`, size]),
  )
  const [file] = list.files
  const alone = await fetch(new URL(file?.download_url ?? '', platform.apiUrl))
  expect(Buffer.from(await alone.arrayBuffer())).toEqual(files.get(`clip-hls/${file?.name}`))

  for (const [path, contents] of files) {
    await mkdir(join(platform.dataDir, dirname(path)), { recursive: true })
    await writeFile(join(platform.dataDir, path), contents)
  }
  const master = join(platform.dataDir, 'clip-hls/master.m3u8')
  const frames = ['-count_packets', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_packets']
  expect(await ffprobe(...frames, '-of', 'csv=p=0', master)).toMatch(/^150\b/)
})
