import { CancelledFailure, isCancellation, proxyActivities, setCurrentDetails } from '@temporalio/workflow'
import type { Activities, PassTask } from '../activities/index.js'
import { CONTROL, MEDIA, PROBE } from './activity-options.js'
import { settle } from './settle.js'

interface EditVideoInput {
  readonly jobId: string
}

const { plan } = proxyActivities<Activities>(CONTROL)
const { probe } = proxyActivities<Activities>(PROBE)
const PASS_ACTIVITIES = proxyActivities<Activities>(MEDIA)

/** One edit: probe the source, plan, measure what has to be known, render every pass at once, make what follows from the results, publish. */
export async function editVideo({ jobId }: EditVideoInput): Promise<void> {
  await settle(jobId, async () => {
    setCurrentDetails('Probing the source.')
    await probe({ jobId })
    setCurrentDetails('Planning.')
    // A plan that an older version has made has no measurements.
    const { measurements = [], passes, derived } = await plan({ jobId })
    // One measures what those before it have set.
    for (const measurement of measurements) await runAll(jobId, [measurement], 'Measuring')
    await runAll(jobId, passes, 'Rendering')
    if (derived.length > 0) await runAll(jobId, derived, 'Rendering')
  })
}

/** All passes run to their ends, so that one that fails costs no finished sister; then the first failure counts. */
async function runAll(jobId: string, passes: readonly PassTask[], doing: string): Promise<void> {
  const running = new Set(passes.map(({ summary }) => summary))
  const showRunning = () =>
    setCurrentDetails(`${doing}:\n\n${[...running].map((line) => `- ${line}`).join('\n')}`)
  showRunning()
  const results = await Promise.allSettled(
    passes.map(async ({ name, kind, summary }) => {
      await PASS_ACTIVITIES[kind].executeWithOptions({ ...MEDIA, summary }, [{ jobId, passName: name }])
      running.delete(summary)
      showRunning()
    }),
  )
  const reasons = results
    .filter((result) => result.status === 'rejected')
    .map(({ reason }): unknown => reason)
  if (reasons.some(isCancellation)) throw new CancelledFailure('the edit was cancelled')
  if (reasons.length > 0) throw reasons[0]
}
