import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createJobWatch } from '../../src/jobs/job-watch.js'
import type { JobId } from '../../src/jobs/model.js'
import type { JobView } from '../../src/jobs/use-cases.js'
import { makeJob, makeView } from '../support/records.js'

const INTERVAL_MS = 500

/** Jobs in memory, each with a version that counts up; `asked` has the ids of each query. */
function createJobs() {
  const jobs = new Map<JobId, { version: number; view: JobView }>()
  const asked: { versions: JobId[][]; views: JobId[][] } = { versions: [], views: [] }
  const state = { failure: null as Error | null, gate: Promise.resolve() }
  const lines: string[] = []
  const changes = createStandInChanges()
  const watch = createJobWatch({
    changes,
    listVersions: (ids) => {
      asked.versions.push([...ids])
      if (state.failure) return Promise.reject(state.failure)
      const found = ids.flatMap((id) => [[id, String(jobs.get(id)?.version)] as const])
      return Promise.resolve(new Map(found.filter(([id]) => jobs.has(id))))
    },
    viewJobs: async (ids) => {
      asked.views.push([...ids])
      const views = ids.flatMap((id) => jobs.get(id)?.view ?? [])
      await state.gate
      return views
    },
    log: pino({ level: 'info' }, { write: (line) => lines.push(line) }),
    intervalMs: INTERVAL_MS,
  })
  const move = (id: JobId, progress: number) => {
    const version = (jobs.get(id)?.version ?? 0) + 1
    jobs.set(id, { version, view: makeView(makeJob({ id, progress })) })
    changes.tell(id)
  }
  const add = () => {
    const { id } = makeJob()
    move(id, 0)
    return id
  }
  const remove = (id: JobId) => {
    jobs.delete(id)
    changes.tell(id)
  }
  return { watch, asked, state, lines, move, add, remove, tell: changes.tell }
}

/** NOT PostgreSQL: tells of what a test changes. */
function createStandInChanges() {
  const followers = new Set<{ id: JobId; onChange: () => void }>()
  return {
    tell: (id: JobId) => {
      for (const follower of followers) if (follower.id === id) follower.onChange()
    },
    followJob: (id: JobId, onChange: () => void) => {
      const follower = { id, onChange }
      followers.add(follower)
      return () => void followers.delete(follower)
    },
  }
}

/** Keeps the percentages that it is told; -1 means that the job is gone. */
function listener() {
  const told: number[] = []
  return { told, onNews: (view: JobView | null) => void told.push(view?.job.progress ?? -1) }
}

const look = () => vi.advanceTimersByTimeAsync(INTERVAL_MS)

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('a watch', () => {
  test('does not look without followers, and leaves no timer when the last one stops', async () => {
    const { watch, asked, add, tell } = createJobs()
    const id = add()
    expect(vi.getTimerCount()).toBe(0)
    const stops = [watch.follow(id, listener().onNews), watch.follow(id, listener().onNews)]
    await look()
    tell(id)
    stops[0]?.()
    expect(vi.getTimerCount()).toBe(1)
    stops[1]?.()
    expect(vi.getTimerCount()).toBe(0)
    await vi.advanceTimersByTimeAsync(10 * INTERVAL_MS)
    expect(asked.versions).toHaveLength(1)
  })

  test('looks once for all followers, at the jobs that may have changed, and reads those that have', async () => {
    const { watch, asked, add, move, tell } = createJobs()
    const ids = Array.from({ length: 100 }, add)
    const listeners = [...ids, ...ids].map((id) => {
      const { told, onNews } = listener()
      return { told, stop: watch.follow(id, onNews) }
    })
    await look()
    await look()
    const [moved, touched] = ids
    if (moved === undefined || touched === undefined) throw new Error('there are a hundred')
    move(moved, 7)
    tell(moved)
    tell(touched)
    await look()
    await look()
    expect(vi.getTimerCount()).toBe(0)
    expect(asked.versions).toEqual([ids, [moved, touched]])
    expect(asked.views).toEqual([ids, [moved]])
    expect(listeners.map(({ told }) => told)).toEqual(
      [...ids, ...ids].map((id) => (id === moved ? [0, 7] : [0])),
    )
    listeners.forEach(({ stop }) => stop())
  })

  test('tells a follower that came late what earlier followers have been told', async () => {
    const { watch, add } = createJobs()
    const id = add()
    watch.follow(id, listener().onNews)
    await look()
    const late = listener()
    watch.follow(id, late.onNews)
    await look()
    expect(late.told).toEqual([0])
  })

  test('tells a follower that came during a look only what the next look reads', async () => {
    const { watch, state, add, move } = createJobs()
    const id = add()
    let open = () => {}
    state.gate = new Promise((resolve) => (open = resolve))
    const early = listener()
    watch.follow(id, early.onNews)
    await look()
    move(id, 50)
    const late = listener()
    watch.follow(id, late.onNews)
    open()
    await look()
    expect([early.told, late.told]).toEqual([[0, 50], [50]])
  })

  test('tells no follower that stopped during a look, and does not look again', async () => {
    const { watch, state, add } = createJobs()
    let open = () => {}
    state.gate = new Promise((resolve) => (open = resolve))
    const { told, onNews } = listener()
    const stop = watch.follow(add(), onNews)
    await look()
    stop()
    open()
    await vi.advanceTimersByTimeAsync(0)
    expect([told, vi.getTimerCount()]).toEqual([[], 0])
  })

  test('tells that a job is gone', async () => {
    const { watch, add, remove } = createJobs()
    const id = add()
    const { told, onNews } = listener()
    const stop = watch.follow(id, onNews)
    await look()
    remove(id)
    await look()
    expect(told).toEqual([0, -1])
    stop()
  })

  test('tells the others even if a listener throws, and tells that one again', async () => {
    const { watch, lines, add } = createJobs()
    const id = add()
    const [before, failing, after] = [listener(), listener(), listener()]
    let failures = 2
    watch.follow(id, before.onNews)
    watch.follow(id, (view) => {
      failures -= 1
      if (failures >= 0) throw new Error('cannot write')
      failing.onNews(view)
    })
    watch.follow(id, after.onNews)
    await look()
    expect([before.told, failing.told, after.told]).toEqual([[0], [], [0]])
    await look()
    await look()
    await look()
    expect([before.told, failing.told, after.told]).toEqual([[0], [0], [0]])
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({
        level: 50,
        jobId: id,
        err: expect.objectContaining({ message: 'cannot write' }) as unknown,
      }),
    ])
  })

  test('goes on after an outage, which it logs once', async () => {
    const { watch, state, lines, add, move, tell } = createJobs()
    const id = add()
    const { told, onNews } = listener()
    watch.follow(id, onNews)
    await look()
    state.failure = new Error('away')
    tell(id)
    await vi.advanceTimersByTimeAsync(5 * INTERVAL_MS)
    move(id, 30)
    state.failure = null
    await look()
    expect(told).toEqual([0, 30])
    expect(lines).toHaveLength(2)
  })
})
