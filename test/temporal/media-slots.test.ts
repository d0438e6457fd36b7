import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import proto from '@temporalio/proto'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { TemporalServer } from '../../src/platform/temporal-server.js'
import { slotsOf, toIdentity } from '../../src/temporal/media-slots.js'
import { CONTROL_QUEUE, MEDIA_QUEUE } from '../../src/temporal/names.js'
import { until } from '../support/until.js'
import { connectTo, startOwnServer } from './own-server.js'

describe('worker processes on a real Temporal', () => {
  let server: TemporalServer
  let orchestrator: ReturnType<typeof connectTo>

  beforeEach(async () => {
    server = await startOwnServer()
    orchestrator = connectTo(server)
  })
  afterEach(async () => {
    await orchestrator.close()
    await server.stop()
  })

  const slots = async () => (await orchestrator.mediaSlots()).slots

  async function isSeen({ pid }: ChildProcess, queue = CONTROL_QUEUE): Promise<boolean> {
    const { pollers } = await orchestrator.client.workflowService.describeTaskQueue({
      namespace: 'default',
      taskQueue: { name: queue },
      taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    })
    return pollers.some(({ identity }) => identity?.includes(`:${pid} `))
  }

  /**
   * Starts a worker with four slots and waits until Temporal lists it. `counted` has the numbers of slots seen in the
   * meantime.
   */
  async function startWorker(...flags: 'busy'[]): Promise<{ worker: ChildProcess; counted: Set<number> }> {
    const worker = fork('test/temporal/worker-process.mjs', [server.address, '4', ...flags])
    onTestFinished(async () => {
      if (worker.exitCode === null && worker.signalCode === null) await end(worker, 'SIGKILL')
    })
    await once(worker, 'message')
    const counted = new Set<number>()
    await until('the worker is seen', async () => {
      counted.add(await slots())
      return isSeen(worker)
    })
    counted.add(await slots())
    return { worker, counted }
  }

  async function end(worker: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const exit = once(worker, 'exit')
    worker.kill(signal)
    await exit
  }

  test('a restarted worker counts once, also after a crash; two on one machine count twice', async () => {
    let { worker } = await startWorker()
    expect(await slots()).toBe(4)
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGKILL'] as const) {
      await end(worker, signal)
      const restarted = await startWorker()
      expect([...restarted.counted], signal).toEqual([4])
      ;({ worker } = restarted)
    }

    const { worker: second } = await startWorker()
    expect(await slots()).toBe(8)
    await end(second, 'SIGKILL')
    await end(worker, 'SIGTERM')
    await startWorker()
    await startWorker()
    expect(await slots()).toBe(8)
  }, 120_000)

  test('a worker whose slots are all taken is counted, although it does not poll for passes', async () => {
    const { worker } = await startWorker('busy')
    expect(await isSeen(worker, MEDIA_QUEUE)).toBe(false)
    expect(await slots()).toBe(4)
  })
})

describe('the slots of pollers', () => {
  const NOW = 1_800_000_000_000
  const poller = (id: string, beganSecondsAgo: number, seenSecondsAgo: number, slots = 4) => ({
    identity: toIdentity('host:1', {
      id,
      beganMs: NOW - beganSecondsAgo * 1000,
      slots,
      threadsPerSlot: slots / 2,
    }),
    seenMs: NOW - seenSecondsAgo * 1000,
  })

  test('are those of all workers together, with the smallest number of threads that one of them has', () => {
    const pollers = [poller('a#1', 900, 50, 4), poller('a#2', 900, 0, 2), poller('b#1', 900, 30, 8)]
    expect(slotsOf(pollers)).toEqual({ slots: 14, threadsPerSlot: 1 })
  })

  test('are none without a worker, and none for pollers that announce no slots', () => {
    expect(slotsOf([])).toMatchObject({ slots: 0 })
    expect(slotsOf([{ identity: 'host:1', seenMs: NOW }])).toMatchObject({ slots: 0 })
  })

  test('do not include a worker that has not polled for longer than a poll lasts', () => {
    expect(slotsOf([poller('a#1', 900, 0), poller('b#1', 900, 61)])).toMatchObject({ slots: 8 })
    expect(slotsOf([poller('a#1', 900, 0), poller('b#1', 900, 75)])).toMatchObject({ slots: 4 })
  })

  test('do not include those that a worker has replaced, as in a crash loop', () => {
    const crashed = [50, 40, 30].map((seconds) => poller('a#1', seconds, seconds - 5))
    expect(slotsOf([...crashed, poller('a#1', 20, 0)])).toMatchObject({ slots: 4 })
  })

  test('include both when two living workers have one id, as the older one has polled since', () => {
    expect(slotsOf([poller('a#1', 900, 5), poller('a#1', 100, 0)])).toMatchObject({ slots: 8 })
  })
})
