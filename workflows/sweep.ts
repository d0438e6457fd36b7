import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { CONTROL } from './activity-options.js'

const { startUnstarted, settleEnded } = proxyActivities<Activities>(CONTROL)

/** Started by a schedule: nothing that was accepted stays behind, and nothing that has ended looks as if it ran. */
export async function sweep(): Promise<void> {
  await startUnstarted()
  await settleEnded()
}
