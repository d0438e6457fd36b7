import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { expect, test } from 'vitest'
import type { Task } from '../../activities/index.js'
import { runWorkflow } from './run-workflow.js'
import { createStandIns } from './stand-in-activities.js'

const PASS: Task = { name: 'transcode-480p', kind: 'transcode', summary: 'transcode → 480p', needs: [] }

/** The types of the activities that went through a queue, in order. */
async function queuedActivities(handle: WorkflowHandle): Promise<string[]> {
  const { events } = await handle.fetchHistory()
  return (events ?? []).flatMap(
    ({ activityTaskScheduledEventAttributes: attributes }) => attributes?.activityType?.name ?? [],
  )
}

/** A part of index.test.ts: all tests of workflows belong to one file (see run-workflow.ts). */
export function describeLightWork(): void {
  test('sources that have not been measured are probed before anything is rendered', async () => {
    const { activities, recorded } = createStandIns({ tasks: [PASS], isUnmeasured: true })
    await runWorkflow('editVideo', activities, async (handle) => {
      await handle.result()
      expect(recorded.calls).toEqual(['probe', 'transcode-480p'])
    })
  })

  test('an edit whose sources cannot be measured fails', async () => {
    const { activities, recorded } = createStandIns({ isUnmeasured: true })
    await runWorkflow('editVideo', { ...activities, probe: () => Promise.resolve() }, async (handle) => {
      await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
      expect(recorded.published).toMatchObject([{ status: 'failed', errorCode: 'internal' }])
    })
  })

  test('light steps do not use a queue', async () => {
    const { activities } = createStandIns({ tasks: [PASS] })
    await runWorkflow('editVideo', activities, async (handle) => {
      await handle.result()
      expect(await queuedActivities(handle)).toEqual(['transcode'])
    })
  })

  test('light steps that fail for now wait in the queue', async () => {
    const { activities, recorded } = createStandIns({ tasks: [PASS], outages: { plan: 1, publish: 1 } })
    await runWorkflow('editVideo', activities, async (handle) => {
      await handle.result()
      expect(recorded.published).toMatchObject([{ status: 'completed' }])
      expect(await queuedActivities(handle)).toEqual(['plan', 'transcode', 'publish'])
    })
  })

  test('a plan that is refused for good fails the edit at once', async () => {
    const { activities, recorded } = createStandIns({ tasks: [PASS] })
    const plan = () => Promise.reject(ApplicationFailure.nonRetryable('no', 'edit-unrenderable'))
    await runWorkflow('editVideo', { ...activities, plan }, async (handle) => {
      await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
      expect(recorded.published).toMatchObject([{ status: 'failed', errorCode: 'edit-unrenderable' }])
      expect(await queuedActivities(handle)).toEqual([])
    })
  })
}
