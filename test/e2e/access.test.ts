import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEvents } from '../support/events/event-stream.js'
import { FFPROBE } from '../support/lavfi.js'
import type { JobWire, ProblemWire } from './support/api-client.js'
import { makeClip } from './support/clips.js'
import { createKey, runKeys } from './support/keys.js'
import { type Platform, startPlatform } from './support/platform.js'

const run = promisify(execFile)

describe('a platform with keys', () => {
  let platform: Platform
  let acme: string
  let bravo: string
  beforeAll(async () => {
    platform = await startPlatform({ env: { AUTH: 'keys', HOST: '0.0.0.0' } })
    acme = await createKey(platform, 'acme')
    bravo = await createKey(platform, 'bravo', '--scopes', 'read', '--expires', '1h')
  })
  afterAll(() => platform.destroy())

  const send = (path: string, key: string | null, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    if (key !== null) headers.set('Authorization', `Bearer ${key}`)
    return fetch(new URL(path, platform.apiUrl), { ...init, headers })
  }
  const follow = async (response: Response): Promise<JobWire> => {
    expect(response.status).toBe(202)
    const { job_id: id } = (await response.json()) as JobWire
    const stream = await openEvents(new URL(`/api/v1/jobs/${id}/events`, platform.apiUrl).href, {
      Authorization: `Bearer ${acme}`,
    })
    await stream.ended
    return (await (await send(`/api/v1/jobs/${id}`, acme)).json()) as JobWire
  }
  const edit = async (videoId: string, output: object) => {
    const job = await follow(
      await send('/api/v1/edits', acme, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ video_id: videoId, output }),
      }),
    )
    expect(job).toMatchObject({ status: 'completed', error_message: null })
    return job.outputs
  }
  const upload = async () => {
    const clip = await makeClip(join(platform.dataDir, 'clip.mp4'), { width: 320, height: 180, seconds: 4 })
    const { stdout } = await run('curl', [
      ...['-sf', '-H', `Authorization: Bearer ${acme}`, '-F', `file=@${clip}`],
      new URL('/api/v1/upload', platform.apiUrl).href,
    ])
    const { job_id: id, video_id: videoId } = JSON.parse(stdout) as JobWire
    await openEvents(new URL(`/api/v1/jobs/${id}/events`, platform.apiUrl).href, {
      Authorization: `Bearer ${acme}`,
    }).then(({ ended }) => ended)
    return videoId
  }

  test('only the key is printed to stdout, and only its hash is in the database', async () => {
    expect(acme).toMatch(/^cut_[0-9a-f]{16}_[\w-]{43}$/)
    const client = new pg.Client({ connectionString: platform.services.databaseUrl })
    await client.connect()
    const { rows } = await client.query<Record<string, unknown>>('SELECT * FROM api_keys ORDER BY owner')
    await client.end()
    expect(rows).toMatchObject([{ owner: 'acme' }, { owner: 'bravo', scopes: ['read'] }])
    for (const key of [acme, bravo]) expect(JSON.stringify(rows)).not.toContain(key.slice(-43))
  })

  test('a player without headers plays a package by its signed link, up to the last segment', async () => {
    const videoId = await upload()
    const outputs = await edit(videoId, { qualities: ['240p'], packaging: 'hls+dash' })
    const playable = outputs.filter(({ file_url: url }) => /\.(m3u8|mpd)$/.test(url))
    expect(playable.map(({ file_url: url }) => url.split('.').at(-1)).sort()).toEqual(['m3u8', 'mpd'])
    for (const { file_url: url } of playable) {
      const { stdout } = await run(FFPROBE, [
        ...['-v', 'error', '-count_packets', '-select_streams', 'v:0'],
        ...['-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0'],
        platform.apiUrl + url,
      ])
      expect(Number.parseInt(stdout, 10)).toBe(100)
      const bare = url.replace(/^\/signed\/[^/]+/, '')
      expect((await send(bare, null)).status).toBe(401)
      expect((await send(bare, bravo)).status).toBe(404)
      expect((await send(bare, acme)).status).toBe(200)
    }
    expect((await send(`/api/v1/videos/${videoId}`, bravo)).status).toBe(404)
    const cut = JSON.stringify({ video_id: videoId, start_time: 0, end_time: 1 })
    const refused = await send('/api/v1/trim', bravo, { method: 'POST', body: cut })
    expect([refused.status, ((await refused.json()) as ProblemWire).code]).toEqual([403, 'forbidden-scope'])
  })

  test('the list shows each key with its last use, and a revoked one is refused at once', async () => {
    expect((await send('/api/v1/videos', bravo)).status).toBe(200)
    const id = bravo.split('_')[1] ?? ''
    expect((await runKeys(platform, 'list')).stdout).toMatch(
      new RegExp(`${id} +bravo +read +active .*Z$`, 'm'),
    )
    expect((await runKeys(platform, 'revoke', id)).stderr).toContain(`Key ${id} of bravo was revoked`)
    expect((await send('/api/v1/videos', bravo)).status).toBe(401)
    expect((await runKeys(platform, 'list')).stdout).toMatch(new RegExp(`${id} +bravo +read +revoked `, 'm'))
    expect((await runKeys(platform, 'list')).stdout).not.toContain(acme.slice(-43))
  })

  test.each([
    [['revoke', 'ffffffffffffffff'], /no such key/],
    [['create', '--owner', 'No One'], /--owner: up to 64 lower-case[^]*Usage: npm run keys/],
    [['crate'], /Unknown command "crate"/],
  ])('the key command fails with %j and says why', async (args, message) => {
    await expect(runKeys(platform, ...args)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(message) as string,
    })
  })

  test('only the pages and health answer without a key', async () => {
    for (const path of ['/', '/docs', '/openapi.json', '/health', '/console/console.js']) {
      expect((await send(path, null)).status, path).toBe(200)
    }
    expect((await send('/api/v1/jobs', null)).status).toBe(401)
  })
})

test('a platform without keys does not start where others could reach it', async () => {
  const start = run(process.execPath, ['dist/src/start.js'], {
    env: { ...process.env, HOST: '0.0.0.0', AUTH: 'none' },
  })
  await expect(start).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Set AUTH=keys') as string,
  })
  const api = run(process.execPath, ['dist/src/api.js'], {
    env: { ...process.env, HOST: '0.0.0.0', AUTH: 'none' },
  })
  await expect(api).rejects.toMatchObject({ code: 1 })
})
