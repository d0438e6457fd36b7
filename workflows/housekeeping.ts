import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { CONTROL } from './activity-options.js'

const { keepHouse } = proxyActivities<Activities>({ ...CONTROL, startToCloseTimeout: '10 minutes' })

/** Started by a schedule: removes files that are no longer needed before they fill the disk. */
export async function housekeeping(): Promise<void> {
  await keepHouse()
}
