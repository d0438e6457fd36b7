import { randomUUID } from 'node:crypto'
import { Client, Connection, type WorkflowHandle } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { inject } from 'vitest'
import type { Activities } from '../../activities/index.js'
import { CONTROL_QUEUE, MEDIA_QUEUE, OUTBOUND_QUEUE, PROBE_QUEUE } from '../../src/temporal/names.js'

Runtime.install({ logger: new DefaultLogger('ERROR') })

let cachedWorkflows = 100

/** How many workflows the workers of `runWorkflow` keep; 0: each task replays its workflow from the start. */
export function cacheWorkflows(count: number): void {
  cachedWorkflows = count
}

/**
 * Runs a workflow of the built bundle on the real Temporal server of the tests, with the given activities. The
 * names of the queues are fixed, so the tests of workflows are in one file and run one after another.
 */
export async function runWorkflow<Result>(
  workflowType: string,
  activities: Activities,
  story: (handle: WorkflowHandle, jobId: string) => Promise<Result>,
): Promise<Result> {
  const address = inject('temporalAddress')
  const connection = await NativeConnection.connect({ address })
  const clientConnection = await Connection.connect({ address })
  try {
    const shared = { connection, activities, maxHeartbeatThrottleInterval: 100 }
    const [control, probe, outbound, media] = await Promise.all([
      Worker.create({
        ...shared,
        taskQueue: CONTROL_QUEUE,
        maxCachedWorkflows: cachedWorkflows,
        workflowBundle: { codePath: 'dist/workflow-bundle.js' },
      }),
      Worker.create({ ...shared, taskQueue: PROBE_QUEUE }),
      Worker.create({ ...shared, taskQueue: OUTBOUND_QUEUE }),
      Worker.create({ ...shared, taskQueue: MEDIA_QUEUE }),
    ])
    const jobId = randomUUID()
    const client = new Client({ connection: clientConnection })
    const tellStory = async () => {
      const handle = await client.workflow.start(workflowType, {
        args: [{ jobId }],
        workflowId: `${workflowType}-${jobId}`,
        taskQueue: CONTROL_QUEUE,
      })
      return story(handle, jobId)
    }
    return await control.runUntil(probe.runUntil(outbound.runUntil(media.runUntil(tellStory))))
  } finally {
    await clientConnection.close()
    await connection.close()
  }
}
