import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JobId, Owner } from '../../../src/jobs/model.js'
import { openEvents } from '../../support/events/event-stream.js'
import { makeOutput, newPass, newPlan } from '../../support/records.js'
import { type Home, LINK_TTL_SEC, useGuardedServer } from '../guarded-server.js'
import { expectProblem, readJson } from '../support.js'

const server = useGuardedServer()
const ACME = 'acme' as Owner

let home: Home
let key: string
let startMs: number
beforeAll(async () => {
  home = await server().furnish(ACME)
  key = await server().key(ACME, 'read')
  startMs = server().clock.ms
})
beforeEach(() => {
  server().clock.ms = startMs
})

/** Fetches like a player, without any header. */
const open = (link: string, init: RequestInit = {}) => server().fetch(link, null, init)
const look = async (path: string) => readJson(await server().fetch(path, key))
const links = async () => {
  const job = (await look(`/api/v1/jobs/${home.jobId}`)) as {
    outputs: { name: string; download_url: string; file_url: string }[]
  }
  const video = (await look(`/api/v1/videos/${home.videoId}`)) as { download_url: string; poster_url: string }
  const asset = (await look(`/api/v1/assets/${home.asset}`)) as { download_url: string }
  const result = (await look(`/api/v1/jobs/result/${home.jobId}`)) as { result_file_path: string }
  const [film, stream] = ['480p', 'hls'].map((name) => job.outputs.find((output) => output.name === name))
  if (!film || !stream) throw new Error('the job lacks an output')
  return { film, stream, video, asset, result }
}

test('every file link that a key is given opens without a key', async () => {
  const { film, stream, video, asset, result } = await links()
  for (const [link, key_] of [
    [film.download_url, `processed/${home.jobId}/480p.mp4`],
    [film.file_url, `processed/${home.jobId}/480p.mp4`],
    [stream.file_url, `processed/${home.jobId}/stream/master.m3u8`],
    [video.download_url, `uploads/${home.videoId}.mp4`],
    [video.poster_url, `processed/${home.uploadJobId}/poster.jpg`],
    [asset.download_url, home.assetFile],
    [result.result_file_path, `processed/${home.jobId}/480p.mp4`],
  ] as const) {
    expect(link).toMatch(/^\/signed\/\d+\.acme\.[\w-]{43}\//)
    const response = await open(link)
    expect(response.status, link).toBe(200)
    expect(await response.text()).toBe(`acme: ${key_}`)
  }
})

test('a player follows the names in playlists relative to the playlist', async () => {
  const { stream } = await links()
  for (const name of ['media_0.m3u8', 'segment-1.m4s']) {
    const { href } = new URL(name, server().url + stream.file_url)
    expect(await (await fetch(href)).text()).toBe(`acme: processed/${home.jobId}/stream/${name}`)
  }
  const { href: outside } = new URL('../480p.mp4', server().url + stream.file_url)
  await expectProblem(await fetch(outside), 403, 'link-invalid')
})

test('ranges, HEAD and conditions work as without a signature', async () => {
  const { film } = await links()
  const part = await open(film.file_url, { headers: { Range: 'bytes=0-3' } })
  expect([part.status, await part.text()]).toEqual([206, 'acme'])
  const head = await open(film.file_url, { method: 'HEAD' })
  const etag = head.headers.get('etag') ?? ''
  expect([head.status, etag]).toEqual([200, `"${'b'.repeat(64)}"`])
  expect((await open(film.file_url, { headers: { 'If-None-Match': etag } })).status).toBe(304)
  await expectProblem(
    await open(film.file_url, { headers: { Range: 'bytes=9999-' } }),
    416,
    'range-not-satisfiable',
  )
})

describe('a link', () => {
  test('that has expired is answered with 403 and the reason', async () => {
    const { film, stream } = await links()
    server().clock.ms = startMs + LINK_TTL_SEC * 1000
    for (const link of [film.file_url, film.download_url, stream.file_url]) {
      const problem = await expectProblem(await open(link), 403, 'link-expired')
      expect(problem.detail).toMatch(/Get a new one from the job/)
      expect(problem.instance).not.toMatch(/acme/)
    }
  })

  test('that was forged is answered with 403, with and without a key', async () => {
    const { film } = await links()
    const forged = film.file_url.replace('.acme.', '.bravo.')
    await expectProblem(await open(forged), 403, 'link-invalid')
    await expectProblem(await server().fetch(forged, key), 403, 'link-invalid')
    await expectProblem(await open(film.download_url.replace('480p', 'hls')), 403, 'link-invalid')
  })

  test("does not open another owner's file: path and owner are signed together", async () => {
    const bravo = 'bravo' as Owner
    const other = await server().furnish(bravo)
    const { film } = await links()
    const grant = film.file_url.slice(0, film.file_url.indexOf('/processed'))
    await expectProblem(await open(`${grant}/processed/${other.jobId}/480p.mp4`), 403, 'link-invalid')
  })

  test('can only be used to read', async () => {
    const { film, video } = await links()
    for (const link of [film.file_url, film.download_url, video.download_url]) {
      expect((await open(link, { method: 'DELETE' })).status).toBe(405)
    }
    const { asset } = await links()
    const { href } = new URL('.', server().url + asset.download_url)
    await expectProblem(await fetch(href.slice(0, -1), { method: 'DELETE' }), 403, 'link-invalid')
  })
})

test('a key with only the scope `write` gets no links to files', async () => {
  const writer = await server().key(ACME, 'write')
  const response = await server().fetch('/api/v1/edits', writer, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ video_id: home.videoId, output: { qualities: ['480p'] } }),
  })
  const { job_id: id } = (await readJson(response)) as { job_id: JobId }
  const { passes, jobs } = server().world.deps.repositories
  const job = await jobs.getById(id)
  if (!job) throw new Error('the job was not stored')
  await jobs.savePlan(id, newPlan([newPass('480p', 1)]))
  await passes.complete(id, '480p', [makeOutput(job, '480p')])
  const cancelled = await server().fetch(`/api/v1/jobs/${id}/cancel`, writer, { method: 'POST' })
  const { outputs } = (await readJson(cancelled)) as { outputs: { file_url: string }[] }
  expect(outputs.map(({ file_url: url }) => url)).toEqual([`/processed/${id}/480p.mp4`])
})

test('the events of a job show the links that the job shows', async () => {
  const { film, stream } = await links()
  const events = await openEvents(`${server().url}/api/v1/jobs/${home.jobId}/events`, {
    Authorization: `Bearer ${key}`,
  })
  await events.ended
  const told = events.events().flatMap(({ type, data }) => (type === 'output' ? [data['file_url']] : []))
  expect(told.sort()).toEqual([film.file_url, stream.file_url].sort())
})

test('a job that is fetched again has the same ETag', async () => {
  const path = `/api/v1/jobs/${home.jobId}`
  const first = await server().fetch(path, key)
  const again = await server().fetch(path, key, {
    headers: { 'If-None-Match': first.headers.get('etag') ?? '' },
  })
  expect(again.status).toBe(304)
})
