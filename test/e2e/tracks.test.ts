import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ffmpeg, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { chaptersOf, cuesIn, titleOf, tracksOf } from '../support/outputs/tracks.js'
import { srt } from '../support/subtitles.js'
import { type ApiClient, createApiClient } from './support/api-client.js'
import { type Platform, startPlatform } from './support/platform.js'

describe('subtitles, sound tracks, a title and chapters', () => {
  let platform: Platform
  let api: ApiClient
  let videoId = ''

  beforeAll(async () => {
    platform = await startPlatform()
    api = createApiClient(platform.apiUrl)
    const [source, text] = ['source.mkv', 'de.srt'].map((name) => join(platform.dataDir, name))
    await writeFile(text ?? '', srt([1, 2, 'Eins'], [4, 5, 'Zwei']))
    await api.upload('/assets', text ?? '')
    const tones = [...lavfi('sine=f=400:d=8'), ...lavfi('sine=f=900:d=8')]
    await ffmpeg(
      ...[...lavfi(numberedVideo({ rate: '25', seconds: 8 })), ...tones, '-i', text ?? ''],
      ...[0, 1, 2, 3].flatMap((input) => ['-map', String(input)]),
      ...[...H264, '-c:a', 'aac', '-metadata:s:a:0', 'language=ger', '-metadata:s:a:1', 'language=eng'],
      ...['-metadata:s:s:0', 'language=fre', source ?? ''],
    )
    videoId = await api.uploadVideo(source ?? '')
  })
  afterAll(() => platform.destroy())

  const edit = (output: object) => ({
    video_id: videoId,
    operations: [{ type: 'trim', start_time: 3, end_time: 7 }],
    output,
  })
  const TRACKS = {
    subtitles: [{ subtitles: 'de.srt', language: 'de' }, { track: 0 }],
    audio_tracks: 'all',
    title: 'Film',
    chapters: [
      { start_time: 0, title: 'A' },
      { start_time: 2, title: 'B' },
    ],
  }

  test('are in the file, and in the streams', async () => {
    const renditions = [{ name: 'small', height: 90 }]
    const { job_id: id } = await api.submit('/edits', edit({ ...TRACKS, renditions, packaging: 'hls+dash' }))
    const job = await api.followToEnd(id)
    expect(job).toMatchObject({ status: 'completed', error_code: null })
    const path = join(platform.dataDir, 'small.mp4')
    const response = await fetch(api.url(`/jobs/download/${id}?quality=small`))
    await writeFile(path, Buffer.from(await response.arrayBuffer()))
    expect((await tracksOf(path, 's')).map(({ language }) => language)).toEqual(['deu', 'fra'])
    expect((await tracksOf(path, 'a')).map(({ name }) => name)).toEqual(['Deutsch', 'English'])
    for (const track of [0, 1]) expect(await cuesIn(path, track)).toEqual([[1, 2, 'Zwei']])
    expect(await titleOf(path)).toBe('Film')
    expect((await chaptersOf(path)).map(([start]) => start)).toEqual([0, 2])
    const hls = job.outputs.find(({ name }) => name === 'hls')
    const master = new URL(hls?.file_url ?? '', platform.apiUrl)
    const playlist = await (await fetch(master)).text()
    expect(playlist).toMatch(/TYPE=SUBTITLES.*URI="subtitles_0\.m3u8"/)
    const texts = await fetch(new URL('subtitles_0.vtt', master))
    expect(texts.headers.get('content-type')).toMatch('text/vtt')
    expect(await texts.text()).toContain('00:00:01.000 --> 00:00:02.000\nZwei')
  })

  test('are made again from the same outputs without rendering, and anew when a text changes', async () => {
    const [first, second] = ['Film', 'Another'].map((title) => edit({ ...TRACKS, title }))
    const hashes = []
    for (const body of [first, first, second]) {
      const { job_id: id } = await api.submit('/edits', body ?? {})
      const job = await api.followToEnd(id)
      hashes.push(job.outputs.map(({ sha256 }) => sha256).join())
    }
    expect(hashes[1]).toBe(hashes[0])
    expect(hashes[2]).not.toBe(hashes[0])
  })

  test('are refused at their places', async () => {
    const missing = await api.post('/edits', edit({ subtitles: [{ subtitles: 'gone.srt', language: 'de' }] }))
    expect([missing.status, (await api.problem(missing)).errors?.[0]?.pointer]).toEqual([
      404,
      '/output/subtitles/0/subtitles',
    ])
    const late = await api.post('/edits', edit({ chapters: [{ start_time: 5, title: 'A' }] }))
    expect([late.status, (await api.problem(late)).errors?.[0]?.pointer]).toEqual([
      400,
      '/output/chapters/0/start_time',
    ])
  })
})
