import { ApplicationFailure } from '@temporalio/common'
import { MockActivityEnvironment } from '@temporalio/testing'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { expect, test } from 'vitest'
import { PROBE_SLOTS } from '../../activities/index.js'
import { createInterceptor } from '../../activities/intercept.js'
import { createTurns } from '../../activities/turns.js'
import type { Owner } from '../../src/jobs/model.js'
import { createLog } from '../../src/log.js'
import { isYielding } from '../../src/media/process/yielding.js'
import { CONTROL_QUEUE, PROBE_QUEUE } from '../../src/temporal/names.js'
import { createHeldWork } from '../support/held-work.js'
import { newJob, newVideo } from '../support/records.js'
import { connectTo, startOwnServer } from '../temporal/own-server.js'

Runtime.install({ logger: new DefaultLogger('ERROR') })

const interceptors = [createInterceptor(createLog('worker', 'silent'), 3_600_000)]

/** Runs an activity for an owner, as Temporal tells it to the worker. Told: what its heartbeats say. */
function runFor(owner: string, activity: () => Promise<unknown>, told: unknown[] = []) {
  const environment = new MockActivityEnvironment({ priority: { fairnessKey: owner } }, { interceptors })
  environment.on('heartbeat', (details) => told.push(details))
  return environment.run(activity)
}

test('work of an owner who has all of his turns goes back to the queue, and counts as no failure and no death', async () => {
  const [inTurn, work, told] = [createTurns(1), createHeldWork(), [] as unknown[]]
  const first = runFor('a', inTurn(work.of('first')))
  const failure: unknown = await runFor('a', inTurn(work.of('second')), told).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ApplicationFailure)
  expect(failure).toMatchObject({ type: 'not-its-turn', nonRetryable: false, category: 'BENIGN' })
  expect(told.at(-1)).toMatchObject({ failures: 0, deaths: 0, runs: null })

  const other = runFor('b', inTurn(work.of('other')))
  await expect.poll(() => work.begun).toEqual(['first', 'other'])
  const third = runFor('a', inTurn(work.of('third')))
  await work.end('first')
  await expect.poll(() => work.begun).toEqual(['first', 'other', 'third'])
  await Promise.all([work.end('other'), work.end('third')])
  await Promise.all([first, other, third])
})

test('the first work of an owner has the usual priority, and what runs beside it yields', async () => {
  const [inTurn, work] = [createTurns(2), createHeldWork()]
  const seen: boolean[] = []
  const note = (name: string) =>
    inTurn(() => {
      seen.push(isYielding())
      return work.of(name)()
    })
  const all = [runFor('a', note('first')), runFor('a', note('second')), runFor('b', note('other'))]
  await expect.poll(() => work.begun).toHaveLength(3)
  for (const name of work.begun) await work.end(name)
  await Promise.all(all)
  expect(seen).toEqual([false, true, false])
})

test('work that fails, or is cancelled while it waits, leaves its turn to the next', async () => {
  const inTurn = createTurns(1)
  await expect(
    runFor(
      'a',
      inTurn(() => Promise.reject(new Error('no'))),
    ),
  ).rejects.toThrow()
  const work = createHeldWork()
  const first = runFor('a', inTurn(work.of('first')))
  const environment = new MockActivityEnvironment({ priority: { fairnessKey: 'a' } })
  const waiting = environment.run(inTurn(work.of('waiting')))
  environment.cancel()
  await expect(waiting).rejects.toThrow()
  await work.end('first')
  await first
  expect(
    await runFor(
      'a',
      inTurn(() => Promise.resolve(1)),
    ),
  ).toBe(1)
})

test('an upload is read while another owner has more files than slots that take long to read', async () => {
  const server = await startOwnServer()
  const orchestrator = connectTo(server)
  const connection = await NativeConnection.connect({ address: server.address })
  const held = createHeldWork()
  const inTurn = createTurns(PROBE_SLOTS - 1)
  const jobs = Array.from({ length: 3 * PROBE_SLOTS }, () =>
    newJob(newVideo().id, { owner: 'large' as Owner }),
  )
  const small = newJob(newVideo().id, { owner: 'small' as Owner })
  const probe = inTurn(async ({ jobId }: { jobId: string }) => {
    if (jobId !== small.id) await held.of(jobId)()
  })
  const done = () => Promise.resolve()
  const workers = await Promise.all([
    Worker.create({
      ...{ connection, taskQueue: CONTROL_QUEUE, activities: { publish: done } },
      workflowBundle: { codePath: 'dist/workflow-bundle.js' },
    }),
    Worker.create({
      ...{ connection, taskQueue: PROBE_QUEUE, activities: { probe, poster: inTurn(done) } },
      ...{ maxConcurrentActivityTaskExecutions: PROBE_SLOTS, interceptors: { activity: interceptors } },
      ...{ maxHeartbeatThrottleInterval: 100, defaultHeartbeatThrottleInterval: 100 },
    }),
  ])
  const running = Promise.all(workers.map((worker) => worker.run()))
  for (const job of jobs) await orchestrator.start({ ...job, type: 'upload' })
  await expect.poll(() => held.begun.length, { timeout: 20_000 }).toBe(PROBE_SLOTS - 1)
  await orchestrator.start({ ...small, type: 'upload' })
  await orchestrator.client.workflow.getHandle(small.workflowId).result()
  expect(held.begun).toHaveLength(PROBE_SLOTS - 1)

  for (const { workflowId } of jobs) await orchestrator.client.workflow.getHandle(workflowId).terminate()
  for (const name of held.begun) await held.end(name)
  for (const worker of workers) worker.shutdown()
  await running
  await connection.close()
  await orchestrator.close()
  await server.stop()
}, 60_000)
