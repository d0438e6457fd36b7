import { describe, expect, test } from 'vitest'
import * as jobEvents from '../../../src/http/events/job-events.js'
import { writeEvent } from '../../../src/http/events/write-event.js'
import { jobSchema, presentJob, renditionSchema } from '../../../src/http/present/job.js'
import { outputSchema } from '../../../src/http/present/output.js'
import type { JobStatus } from '../../../src/jobs/model.js'
import type { JobView } from '../../../src/jobs/use-cases.js'
import { makeJob, makeOutput, makePass, makeView } from '../../support/records.js'
import { LOCAL_AUDIENCE } from '../support.js'

const job = makeJob({ id: makeJob().id, config: { text: 'zwei\nZeilen' } })
const large = makeOutput(job, '720p')
const small = makeOutput(job, '480p')

const running = makeView(job, {
  passes: [
    makePass(job, '720p', { status: 'processing', progress: 0.4 }),
    makePass(job, '480p', { status: 'pending', progress: 0, attempt: 0 }),
    makePass(job, 'poster', { kind: 'thumbnails' }),
  ],
})
const oneReady = makeView(job, {
  passes: [
    makePass(job, '720p', { status: 'completed', progress: 1 }),
    makePass(job, '480p', { status: 'processing', progress: 0.1 }),
  ],
  outputs: [large],
})
const allReady = (status: JobStatus) =>
  makeView(
    { ...job, status, workflowId: 'edit-1' },
    {
      passes: [
        makePass(job, '720p', { status: 'completed', progress: 1 }),
        makePass(job, '480p', { status: 'completed', progress: 1 }),
      ],
      outputs: [large, small],
    },
  )
const ended = allReady('completed')

const { toldUntil } = jobEvents
const START = toldUntil(undefined)
const eventsSince = (view: JobView, told: jobEvents.Told) => jobEvents.eventsSince(view, told, LOCAL_AUDIENCE)
const typesAndNames = (view: JobView, told = START) =>
  eventsSince(view, told).events.map(({ type, data }) =>
    'name' in data ? `${type} ${String(data.name)}` : type,
  )
const lastId = (view: JobView, told = START) => eventsSince(view, told).events.at(-1)?.id ?? ''

describe('the first events of a stream', () => {
  test('are the whole state: renditions, outputs and the job, as the job routes show them', () => {
    const { events } = eventsSince(oneReady, START)
    expect(events.map(({ type }) => type)).toEqual(['rendition', 'rendition', 'output', 'progress'])
    const schemas = [renditionSchema, renditionSchema, outputSchema, jobSchema]
    events.forEach(({ data }, index) =>
      expect(schemas[index]?.validate(data, { convert: false }).error).toBeUndefined(),
    )
    expect(events.at(-1)?.data).toEqual(presentJob(oneReady, LOCAL_AUDIENCE))
  })

  test('of a job that has ended include its end', () => {
    expect(typesAndNames(ended)).toEqual([
      'rendition 720p',
      'rendition 480p',
      'output 720p',
      'output 480p',
      'completed',
    ])
    expect(typesAndNames(allReady('failed')).at(-1)).toBe('failed')
    expect(typesAndNames(allReady('cancelled')).at(-1)).toBe('cancelled')
  })
})

describe('the next events', () => {
  test('are the changes, and then the job', () => {
    const { told } = eventsSince(running, START)
    expect(typesAndNames(oneReady, told)).toEqual([
      'rendition 720p',
      'rendition 480p',
      'output 720p',
      'progress',
    ])
    const next = eventsSince(oneReady, told)
    expect(typesAndNames(ended, next.told)).toEqual(['rendition 480p', 'output 480p', 'completed'])
    expect(eventsSince(ended, eventsSince(ended, next.told).told).events).toEqual([])
  })

  test('are none for the same state, even if the estimate has changed', () => {
    const { told } = eventsSince({ ...running, etaSeconds: 12 }, START)
    expect(eventsSince({ ...running, etaSeconds: 11.5 }, told).events).toEqual([])
  })

  test('are only progress while a rendition continues', () => {
    const { told } = eventsSince(running, START)
    const [first, ...others] = running.passes
    const further = { ...running, passes: [...(first ? [{ ...first, progress: 0.6 }] : []), ...others] }
    expect(typesAndNames(further, told)).toEqual(['progress'])
  })

  test('repeat a rendition when it is retried', () => {
    const { told } = eventsSince(running, START)
    const [first, ...others] = running.passes
    const again = { ...running, passes: [...(first ? [{ ...first, attempt: 2 }] : []), ...others] }
    expect(typesAndNames(again, told)).toEqual(['rendition 720p', 'progress'])
  })
})

describe('an event id', () => {
  test('resumes a stream without gaps and repeats, wherever it was interrupted', () => {
    for (const view of [running, oneReady, ended]) {
      const { events } = eventsSince(view, START)
      events.forEach(({ id }, index) => {
        const rest = eventsSince(view, toldUntil(id)).events
        const isProgress = events.at(-1)?.type === 'progress'
        const expected =
          isProgress && index === events.length - 1 ? events.slice(-1) : events.slice(index + 1)
        expect(rest).toEqual(expected)
      })
    }
  })

  test('continues from an earlier state', () => {
    expect(typesAndNames(ended, toldUntil(lastId(oneReady)))).toEqual([
      'rendition 480p',
      'output 480p',
      'completed',
    ])
  })

  test('depends on the state, not on the events that led to it', () => {
    const { told } = eventsSince(running, START)
    expect(lastId(ended, eventsSince(oneReady, told).told)).toBe(lastId(ended))
  })

  test('of another job, or one that we did not make, starts the stream from the beginning', () => {
    const other = makeView(makeJob(), { passes: [makePass(job, '720p')] })
    const all = typesAndNames(oneReady)
    for (const id of ['', '7', '1.', '1.abc', 'é', lastId(other), `${lastId(oneReady)}, 1.`]) {
      expect(typesAndNames(oneReady, toldUntil(id))).toEqual(all)
    }
  })

  test('of the end of an earlier run does not end the stream of this run', () => {
    const failed = allReady('failed')
    const retried = { ...failed, job: { ...failed.job, workflowId: 'edit-2' } }
    expect(typesAndNames(retried, toldUntil(lastId(failed)))).toEqual(['failed'])
    const pending = { ...failed, job: { ...retried.job, status: 'pending' as const } }
    expect(typesAndNames(pending, toldUntil(lastId(failed)))).toEqual(['progress'])
  })

  test('of an end that lacked an output brings that output, and the end again', () => {
    const end = lastId(makeView(ended.job))
    expect(typesAndNames(makeView(ended.job, { outputs: [large] }), toldUntil(end))).toEqual([
      'output 720p',
      'completed',
    ])
  })

  test('is short enough for a header, even for a large job', () => {
    const names = Array.from({ length: 200 }, (_, index) => `rendition-${index}`)
    const passes = names.map((name) => makePass(job, name))
    expect(lastId(makeView(job, { passes })).length).toBeLessThan(2000)
  })
})

test('an event is several lines, with its data in one of them', () => {
  const [event] = eventsSince(makeView(job), START).events
  if (!event) throw new Error('there is one')
  const lines = writeEvent(event).split('\n')
  expect(lines).toEqual(['id: 1.', 'event: progress', expect.stringMatching(/^data: \{/), '', ''])
  expect(JSON.parse(lines[2]?.slice(6) ?? '')).toEqual(presentJob(makeView(job), LOCAL_AUDIENCE))
})
