import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { CONTROL } from './activity-options.js'

const { startUnstarted, settleEnded } = proxyActivities<Activities>(CONTROL)

/** Started by a schedule: starts accepted jobs that were never started, and ends jobs whose workflow has ended. */
export async function sweep(): Promise<void> {
  await startUnstarted()
  await settleEnded()
}
