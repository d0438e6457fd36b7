import { EventEmitter, once } from 'node:events'
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client'
import { expect, test } from 'vitest'
import type { Places, Planned, Task } from '../../activities/index.js'
import { until } from '../support/until.js'
import { runWorkflow } from './run-workflow.js'
import { createStandIns } from './stand-in-activities.js'

const transcode = (name: string, summary: string): Task => ({ name, kind: 'transcode', summary, needs: [] })

const PASSES = ['1080p', '720p', '480p'].map((name) => transcode(`transcode-${name}`, `transcode → ${name}`))

/** Waits until the Temporal UI says that exactly the passes with these summaries run. */
const untilShown = (handle: WorkflowHandle, summaries: readonly string[]) =>
  until('the details are right', async () => {
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')
    return currentDetails === `Rendering:\n\n${summaries.map((summary) => `- ${summary}`).join('\n')}`
  })

/** A part of index.test.ts: all tests of workflows belong to one file (see run-workflow.ts). */
export function describeRunningPasses(): void {
  test.each<[string, Planned]>([
    ['this version', { tasks: PASSES, places: 1, slots: 1 }],
    ['an older version', { tasks: PASSES, slots: 1 }],
  ])('begin in the order of a plan of %s, and no more than there are places', async (_, planned) => {
    const { activities, recorded } = createStandIns({ planned })
    await runWorkflow('editVideo', activities, async (handle) => {
      await handle.result()
      expect(recorded.calls).toEqual(PASSES.map(({ name }) => name))
    })
  })

  test.each<[string, Places]>([
    ['this version', { places: 2, slots: 2 }],
    ['an older version', { slots: 2 }],
  ])('use the places of workers of %s that came after the plan was made', async (_, placesSeen) => {
    const begun = new EventEmitter()
    const areBegun = Promise.all(['transcode-720p', 'transcode-480p'].map((name) => once(begun, name)))
    const { activities } = createStandIns({
      planned: { tasks: PASSES, slots: 1 },
      placesSeen: { 'transcode-1080p': placesSeen },
      endless: ['transcode-720p', 'transcode-480p'],
      onEndless: (name) => begun.emit(name),
    })
    await runWorkflow('editVideo', activities, async (handle) => {
      await areBegun
      await handle.cancel()
      await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
    })
  })

  test.each<[string, readonly Task[], Parameters<typeof createStandIns>[0], readonly string[]]>([
    [
      'without one that has failed',
      [transcode('a', 'low'), transcode('b', 'high')],
      { failing: { a: 'source-damaged' }, endless: ['b'] },
      ['high'],
    ],
    [
      'even if a finished one has the same summary',
      [transcode('a', 'same'), transcode('b', 'same'), transcode('c', 'other')],
      { endless: ['b', 'c'] },
      ['same', 'other'],
    ],
    [
      'as often as they have the same summary',
      [transcode('a', 'same'), transcode('b', 'same')],
      { endless: ['a', 'b'] },
      ['same', 'same'],
    ],
  ])('are shown to operators %s', async (_, tasks, options, summaries) => {
    const { activities } = createStandIns({ tasks, ...options })
    await runWorkflow('editVideo', activities, async (handle) => {
      await untilShown(handle, summaries)
      await handle.cancel()
      await expect(handle.result()).rejects.toThrow(WorkflowFailedError)
    })
  })
}
