import { EventEmitter, once } from 'node:events'
import { WorkflowFailedError } from '@temporalio/client'
import { describe, expect, test } from 'vitest'
import type { Planned, Task } from '../../activities/index.js'
import { describeDeliveries } from './deliveries.js'
import { describeLightWork } from './light-work.js'
import { runWorkflow } from './run-workflow.js'
import { describeRunningPasses } from './running-passes.js'
import { createStandIns } from './stand-in-activities.js'

const PASSES: readonly Task[] = [
  { name: 'transcode-1080p', kind: 'transcode', summary: 'transcode → 1080p', needs: [] },
  { name: 'transcode-720p', kind: 'transcode', summary: 'transcode → 720p', needs: [] },
  { name: 'transcode-480p', kind: 'transcode', summary: 'transcode → 480p', needs: [] },
]

const namesOf = (tasks: readonly Task[]) => tasks.map(({ name }) => name)

const MEASUREMENTS: readonly Task[] = [
  { name: 'loudness-0', kind: 'measureLoudness', summary: 'loudness 0', needs: [] },
  { name: 'loudness-1', kind: 'measureLoudness', summary: 'loudness 1', needs: ['loudness-0'] },
]

/** Passes that use the measurements. */
const MEASURED = PASSES.map((task) => ({ ...task, needs: namesOf(MEASUREMENTS) }))

const DERIVED: Task = {
  name: 'package-stream',
  kind: 'package',
  summary: 'hls of 1080p',
  needs: namesOf(PASSES),
}

/** Every workflow with every outcome. */
export function describeWorkflows(): void {
  describe('editVideo', () => {
    test('plans, renders every pass and publishes the completion', async () => {
      const { activities, recorded } = createStandIns({ tasks: PASSES })
      await runWorkflow('editVideo', activities, async (handle, jobId) => {
        await handle.result()
        expect([...recorded.calls].sort()).toEqual(namesOf(PASSES).sort())
        expect(recorded.published).toEqual([
          { jobId, status: 'completed', errorCode: null, errorMessage: null },
        ])
      })
    })

    test('runs a pass as the activity of its kind, with its summary', async () => {
      const task: Task = {
        name: 'watermark-edited',
        kind: 'watermark',
        summary: 'watermark → edited',
        needs: [],
      }
      const { activities } = createStandIns({ tasks: [task] })
      await runWorkflow('editVideo', activities, async (handle) => {
        await handle.result()
        const { events } = await handle.fetchHistory()
        const scheduled = events?.find(
          ({ activityTaskScheduledEventAttributes: attributes }) =>
            attributes?.activityType?.name === 'watermark',
        )
        const summary = scheduled?.userMetadata?.summary?.data
        expect(summary && JSON.parse(Buffer.from(summary).toString())).toBe('watermark → edited')
      })
    })

    test('measures one after the other, then renders', async () => {
      const { activities, recorded } = createStandIns({ tasks: [...MEASUREMENTS, ...MEASURED] })
      await runWorkflow('editVideo', activities, async (handle) => {
        await handle.result()
        expect(recorded.calls.slice(0, 2)).toEqual(['loudness-0', 'loudness-1'])
        expect(recorded.calls.slice(2).sort()).toEqual(namesOf(PASSES).sort())
      })
    })

    test('renders nothing when a measurement fails', async () => {
      const failing = { 'loudness-0': 'source-damaged' }
      const { activities, recorded } = createStandIns({ tasks: [...MEASUREMENTS, ...MEASURED], failing })
      await runWorkflow('editVideo', activities, async (handle) => {
        await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
        expect(recorded.calls).toEqual(['loudness-0'])
        expect(recorded.published).toMatchObject([{ status: 'failed', errorCode: 'source-damaged' }])
      })
    })

    test('makes derived outputs when all renditions that they need are there', async () => {
      const { activities, recorded } = createStandIns({ tasks: [...PASSES, DERIVED] })
      await runWorkflow('editVideo', activities, async (handle) => {
        await handle.result()
        expect(recorded.calls.at(-1)).toBe('package-stream')
        expect(recorded.calls).toHaveLength(PASSES.length + 1)
      })
    })

    test('makes no derived output when one of its renditions is missing', async () => {
      const failing = { 'transcode-720p': 'source-damaged' }
      const { activities, recorded } = createStandIns({ tasks: [...PASSES, DERIVED], failing })
      await runWorkflow('editVideo', activities, async (handle) => {
        await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
        expect(recorded.calls).not.toContain('package-stream')
      })
    })

    test('begins a task as soon as the tasks that it needs are done, without waiting for others', async () => {
      const begun = new EventEmitter()
      const isBegun = once(begun, 'package')
      const waiting: Task = { ...DERIVED, needs: ['transcode-480p'] }
      const { activities } = createStandIns({
        tasks: [...PASSES, waiting],
        endless: ['transcode-1080p', 'package-stream'],
        onEndless: (name) => begun.emit(name === 'package-stream' ? 'package' : 'other'),
      })
      await runWorkflow('editVideo', activities, async (handle) => {
        await isBegun
        await handle.cancel()
        await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
      })
    })

    test('does not begin further tasks when it is cancelled', async () => {
      const begun = new EventEmitter()
      const isBegun = once(begun, 'begun')
      const { activities, recorded } = createStandIns({
        planned: { tasks: PASSES, slots: 1 },
        endless: ['transcode-1080p'],
        onEndless: () => begun.emit('begun'),
      })
      await runWorkflow('editVideo', activities, async (handle) => {
        await isBegun
        await handle.cancel()
        await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
        expect(recorded.calls).toEqual(['transcode-1080p', 'transcode-1080p stopped'])
        expect(recorded.published).toMatchObject([{ status: 'cancelled' }])
      })
    })

    test('runs a plan of an older version, which has phases', async () => {
      const planned: Planned = { measurements: MEASUREMENTS, passes: PASSES, derived: [DERIVED] }
      const { activities, recorded } = createStandIns({ planned })
      await runWorkflow('editVideo', activities, async (handle) => {
        await handle.result()
        expect(recorded.calls.slice(0, 2)).toEqual(['loudness-0', 'loudness-1'])
        expect(recorded.calls.slice(2, 5).sort()).toEqual(namesOf(PASSES).sort())
        expect(recorded.calls.slice(5)).toEqual(['package-stream'])
      })
    })

    test('lets the other passes finish when one fails, then publishes its code and fails', async () => {
      const failing = { 'transcode-720p': 'source-damaged' }
      const { activities, recorded } = createStandIns({ tasks: PASSES, failing })
      await runWorkflow('editVideo', activities, async (handle, jobId) => {
        await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
        expect(recorded.calls).toEqual(expect.arrayContaining(namesOf(PASSES)))
        expect(recorded.published).toEqual([
          {
            jobId,
            status: 'failed',
            errorCode: 'source-damaged',
            errorMessage: 'stand-in says source-damaged',
          },
        ])
        expect((await handle.describe()).status.name).toBe('FAILED')
      })
    })

    test('publishes a cancellation once every pass has stopped, and ends Canceled', async () => {
      const allBegun = new EventEmitter()
      let left = PASSES.length
      const { activities, recorded } = createStandIns({
        tasks: PASSES,
        endless: namesOf(PASSES),
        onEndless: () => {
          left -= 1
          if (left === 0) allBegun.emit('begun')
        },
      })
      await runWorkflow('editVideo', activities, async (handle, jobId) => {
        if (left > 0) await once(allBegun, 'begun')
        await handle.cancel()
        await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
        expect(recorded.calls.filter((call) => call.endsWith('stopped'))).toHaveLength(PASSES.length)
        expect(recorded.published).toEqual([
          { jobId, status: 'cancelled', errorCode: null, errorMessage: null },
        ])
        expect((await handle.describe()).status.name).toBe('CANCELLED')
      })
    })

    test('is cancelled, not failed, when the tasks that it stops fail', async () => {
      const begun = new EventEmitter()
      const isBegun = once(begun, 'begun')
      const { activities, recorded } = createStandIns({
        tasks: PASSES.slice(0, 1),
        endless: ['transcode-1080p'],
        codeWhenCancelled: 'ffmpeg-crashed',
        onEndless: () => begun.emit('begun'),
      })
      await runWorkflow('editVideo', activities, async (handle, jobId) => {
        await isBegun
        await handle.cancel()
        await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
        expect(recorded.published).toEqual([
          { jobId, status: 'cancelled', errorCode: null, errorMessage: null },
        ])
        expect((await handle.describe()).status.name).toBe('CANCELLED')
      })
    })
  })

  describe('ingestVideo', () => {
    test('probes, makes the poster and publishes', async () => {
      const { activities, recorded } = createStandIns({})
      await runWorkflow('ingestVideo', activities, async (handle, jobId) => {
        await handle.result()
        expect(recorded.calls).toEqual(['probe', 'poster'])
        expect(recorded.published).toEqual([
          { jobId, status: 'completed', errorCode: null, errorMessage: null },
        ])
      })
    })
  })

  describe('the passes that run', describeRunningPasses)

  describe('light work', describeLightWork)

  describe('deliverEvents', describeDeliveries)

  test('the sweep starts, then settles', async () => {
    const { activities, recorded } = createStandIns({})
    await runWorkflow('sweep', activities, (handle) => handle.result())
    expect(recorded.calls).toEqual(['startUnstarted', 'settleEnded'])
  })
}
