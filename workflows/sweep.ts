import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { CONTROL } from './activity-options.js'

const { startUnstarted } = proxyActivities<Activities>(CONTROL)

/** Started by a schedule: nothing that was accepted stays behind. */
export async function sweep(): Promise<void> {
  await startUnstarted()
}
