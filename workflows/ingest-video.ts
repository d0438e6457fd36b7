import { proxyActivities, setCurrentDetails } from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { PROBE } from './activity-options.js'
import { settle } from './settle.js'

interface IngestVideoInput {
  readonly jobId: string
}

const { probe, poster } = proxyActivities<Activities>(PROBE)

/** A new upload: measures it, makes its poster and marks it as ready. */
export async function ingestVideo({ jobId }: IngestVideoInput): Promise<void> {
  await settle(jobId, async () => {
    setCurrentDetails('Probing the upload.')
    await probe({ jobId })
    setCurrentDetails('Making the poster.')
    await poster.executeWithOptions({ ...PROBE, summary: 'poster frame' }, [{ jobId }])
  })
}
