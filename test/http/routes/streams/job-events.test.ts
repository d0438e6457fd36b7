import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AppError } from '../../../../src/errors.js'
import type { Job, OutputId } from '../../../../src/jobs/model.js'
import { type EventStream, openEvents, settle } from '../../../support/events/event-stream.js'
import { makeJob, makeOutput, makePass, makeView } from '../../../support/records.js'
import { UNKNOWN_JOB } from '../../stand-in-use-cases.js'
import { expectProblem, openRaw, readJson, startTestServer, type TestServer } from '../../support.js'

const OUTPUT_ID = uuidv7() as OutputId
const INTERVAL = ['setInterval', 'clearInterval'] as const

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

const eventsUrl = (job: Pick<Job, 'id'>) => `${server.url}/api/v1/jobs/${job.id}/events`
const open = (job: Pick<Job, 'id'>, lastId?: string): Promise<EventStream> =>
  openEvents(eventsUrl(job), lastId === undefined ? {} : { 'Last-Event-ID': lastId })

function addRunning(): Job {
  const { job } = server.useCases.addJob({})
  server.useCases.addJob(job, { passes: [makePass(job, '720p'), makePass(job, '480p')] })
  return job
}

const oneReady = (job: Job) =>
  makeView(job, {
    passes: [makePass(job, '720p', { status: 'completed' }), makePass(job, '480p')],
    outputs: [makeOutput(job, '720p', { id: OUTPUT_ID })],
  })
const ended = (job: Job) =>
  makeView(
    { ...job, status: 'completed', progress: 100 },
    { ...oneReady(job), passes: [makePass(job, '720p', { status: 'completed' })] },
  )

describe('the events of a job', () => {
  test('come as they happen, and end with the job', async () => {
    const job = addRunning()
    const stream = await open(job)
    await expect.poll(stream.types).toEqual(['rendition', 'rendition', 'progress'])
    server.useCases.tellJob(job.id, oneReady(job))
    await expect.poll(stream.types).toHaveLength(6)
    server.useCases.tellJob(job.id, ended(job))
    await stream.ended
    expect(stream.types().slice(3)).toEqual(['rendition', 'output', 'progress', 'completed'])
    const told = await readJson(await fetch(`${server.url}/api/v1/jobs/${job.id}`))
    expect(stream.events().at(-1)?.data).toEqual(told)
    expect(server.useCases.followers()).toBe(0)
  })

  test('have headers that let them through at once, before the first event', async () => {
    const job = addRunning()
    const { response, leave } = await open(job)
    expect(response.statusCode).toBe(200)
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    expect(response.headers).not.toHaveProperty('content-encoding')
    expect(response.headers).not.toHaveProperty('content-length')
    leave()
  })

  test('of a job that has ended are those that were missed, then the end', async () => {
    const job = addRunning()
    server.useCases.tellJob(job.id, oneReady(job))
    const first = await open(job)
    await expect.poll(first.types).toEqual(['rendition', 'rendition', 'output', 'progress'])
    first.leave()
    server.useCases.tellJob(job.id, makeView({ ...job, status: 'failed' }, oneReady(job)))
    const missed = [['rendition', 'output', 'failed'], ['output', 'failed'], ['failed'], ['failed']]
    for (const [index, expected] of missed.entries()) {
      const resumed = await open(job, first.events()[index]?.id)
      await resumed.ended
      expect(resumed.types()).toEqual(expected)
    }
  })

  test('are 204 for a client that has them all, which stops EventSource', async () => {
    const job = addRunning()
    server.useCases.tellJob(job.id, ended(job))
    const stream = await open(job)
    await stream.ended
    const again = await open(job, stream.events().at(-1)?.id)
    expect(again.response.statusCode).toBe(204)
  })

  test('end when the job is deleted', async () => {
    const job = addRunning()
    const stream = await open(job)
    await expect.poll(server.useCases.followers).toBe(1)
    server.useCases.tellJob(job.id, null)
    await stream.ended
    expect(server.useCases.followers()).toBe(0)
  })

  test('are not sent for HEAD, which is answered with the headers alone', async () => {
    const job = addRunning()
    const response = await fetch(eventsUrl(job), { method: 'HEAD' })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    expect(server.useCases.followers()).toBe(0)
  })
})

describe('a stream that cannot start', () => {
  test('is answered with a problem: unknown job, invalid id, wrong method, PostgreSQL unavailable', async () => {
    await expectProblem(await fetch(eventsUrl({ id: UNKNOWN_JOB })), 404, 'job-not-found')
    await expectProblem(await fetch(`${server.url}/api/v1/jobs/7/events`), 404, 'job-not-found')
    const job = addRunning()
    const post = await fetch(eventsUrl(job), { method: 'POST' })
    expect(post.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    await expectProblem(post, 405, 'method-not-allowed')
    const long = await fetch(eventsUrl(job), { headers: { 'Last-Event-ID': 'x'.repeat(8193) } })
    const { errors } = await expectProblem(long, 400, 'request-invalid')
    expect(errors?.[0]?.pointer).toBe('/header/last-event-id')
    server.useCases.failWith(new AppError('db-unavailable', 'PostgreSQL is not available'))
    const away = await fetch(eventsUrl(job))
    expect(away.headers.get('retry-after')).not.toBeNull()
    await expectProblem(away, 503, 'db-unavailable')
  })
})

describe('a quiet stream', () => {
  test('has a comment every 15 seconds, and no event', async () => {
    vi.useFakeTimers({ toFake: [...INTERVAL] })
    const job = addRunning()
    const stream = await open(job)
    await expect.poll(stream.types).toHaveLength(3)
    const before = stream.text()
    vi.advanceTimersByTime(14_999)
    await settle()
    expect(stream.text()).toBe(before)
    vi.advanceTimersByTime(1)
    await expect.poll(stream.text).toBe(`${before}:\n\n`)
    vi.advanceTimersByTime(15_000)
    await expect.poll(stream.text).toBe(`${before}:\n\n:\n\n`)
    stream.leave()
  })

  test('repeats no event', async () => {
    const job = addRunning()
    const stream = await open(job)
    await expect.poll(stream.types).toHaveLength(3)
    const view = server.useCases.jobs.get(job.id)
    if (!view) throw new Error('it is there')
    server.useCases.tellJob(job.id, { ...view, etaSeconds: 3 })
    server.useCases.tellJob(job.id, ended(job))
    await stream.ended
    expect(stream.types().filter((type) => type === 'progress')).toHaveLength(1)
  })
})

describe('no follower and no timer is left', () => {
  test('when clients disconnect', async () => {
    vi.useFakeTimers({ toFake: [...INTERVAL] })
    const job = addRunning()
    const streams = await Promise.all(Array.from({ length: 20 }, () => open(job)))
    await expect.poll(server.useCases.followers).toBe(20)
    expect(vi.getTimerCount()).toBe(20)
    streams.forEach(({ leave }) => leave())
    await expect.poll(server.useCases.followers).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('when a client disconnects while its job is looked up', async () => {
    vi.useFakeTimers({ toFake: [...INTERVAL] })
    const job = addRunning()
    const followJob = server.useCases.followJob.bind(server.useCases)
    let begin = () => {}
    const begun = new Promise<void>((resolve) => (begin = resolve))
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    vi.spyOn(server.useCases, 'followJob').mockImplementation(async (...args) => {
      begin()
      await gate
      return followJob(...args)
    })
    const { socket } = openRaw(server.port)
    socket.write(`GET /api/v1/jobs/${job.id}/events HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    await begun
    socket.destroy()
    await expect.poll(() => server.log.some(({ msg }) => msg === 'the client went away')).toBe(true)
    release()
    await settle()
    expect([server.useCases.followers(), vi.getTimerCount()]).toEqual([0, 0])
  })

  test('when the server stops: streams end at once and cleanly', async () => {
    const warnings: Error[] = []
    const onWarning = (warning: Error) => warnings.push(warning)
    process.on('warning', onWarning)
    const job = addRunning()
    const streams = await Promise.all(Array.from({ length: 20 }, () => open(job)))
    await expect.poll(server.useCases.followers).toBe(20)
    const closed = server.close()
    await Promise.all(streams.map(({ ended: end }) => end))
    expect(server.useCases.followers()).toBe(0)
    await closed
    process.off('warning', onWarning)
    expect(warnings).toEqual([])
    server = await startTestServer()
  })
})

test('a client that stops reading gets the latest state when it reads again, without the states in between', async () => {
  const job = makeJob({ config: { text: 'x'.repeat(300_000) } })
  server.useCases.addJob(job)
  const { socket, received } = openRaw(server.port)
  socket.pause()
  socket.write(`GET /api/v1/jobs/${job.id}/events HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  await expect.poll(server.useCases.followers).toBe(1)
  for (let progress = 1; progress <= 99; progress += 1) {
    server.useCases.tellJob(job.id, makeView({ ...job, progress }))
    await settle()
  }
  server.useCases.tellJob(job.id, makeView({ ...job, status: 'completed', progress: 100 }))
  socket.resume()
  await expect.poll(() => received().includes('event: completed')).toBe(true)
  await expect.poll(server.useCases.followers).toBe(0)
  expect(received().match(/event: progress/g)?.length).toBeLessThan(60)
  socket.destroy()
})
