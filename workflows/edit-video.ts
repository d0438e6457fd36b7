import { ApplicationFailure, patched, proxyActivities, setCurrentDetails } from '@temporalio/workflow'
import type { Activities, Places, Planned, Task } from '../activities/index.js'
import { MEDIA, PROBE } from './activity-options.js'
import { LIGHT_WORK_IN_PLACE } from './light-work.js'
import { runTasks } from './run-tasks.js'
import { createSemaphore } from './semaphore.js'
import { settle } from './settle.js'

interface EditVideoInput {
  readonly jobId: string
}

const { probe } = proxyActivities<Activities>(PROBE)
const PASS_ACTIVITIES = proxyActivities<Activities>(MEDIA)

/** One edit: probes the sources unless that was done before, plans, runs the passes of the plan and publishes. */
export async function editVideo({ jobId }: EditVideoInput): Promise<void> {
  await settle(jobId, async ({ plan }) => {
    const planned = await planMeasured(jobId, plan)
    const places = createSemaphore(Math.max(1, placesOf(planned) ?? Infinity))
    const summaries = new Map<string, string>()
    await runTasks(tasksOf(planned), places, async ({ name, kind, summary }) => {
      summaries.set(name, summary)
      showRunning(summaries)
      try {
        const input = { jobId, passName: name }
        const done = await PASS_ACTIVITIES[kind].executeWithOptions({ ...MEDIA, summary }, [input])
        const count = done && placesOf(done)
        if (count) places.growTo(count)
      } finally {
        summaries.delete(name)
        showRunning(summaries)
      }
    })
  })
}

/** Most sources were measured when they were uploaded; otherwise the plan is made once they have been. */
async function planMeasured(jobId: string, plan: Activities['plan']): Promise<Planned> {
  if (patched(LIGHT_WORK_IN_PLACE)) {
    setCurrentDetails('Planning.')
    const planned = await plan({ jobId })
    if (planned) return planned
  }
  setCurrentDetails('Probing the source.')
  await probe({ jobId })
  setCurrentDetails('Planning.')
  const planned = await plan({ jobId })
  if (!planned) throw ApplicationFailure.nonRetryable('The sources could not be measured.', 'internal')
  return planned
}

/** The details are for people to read. */
const MAX_LINES = 12

/**
 * Details are no commands of the workflow, so that they may change without `patched`.
 * @param summaries of the running passes, by their names: two passes may have the same summary
 */
function showRunning(summaries: ReadonlyMap<string, string>): void {
  const lines = [...summaries.values()].slice(0, MAX_LINES).map((line) => `- ${line}`)
  const others = summaries.size - lines.length
  const rest = others > 0 ? [`- and ${others} more`] : []
  setCurrentDetails(`Rendering:\n\n${[...lines, ...rest].join('\n')}`)
}

/** undefined: an older version planned, which let all passes be out at once. */
function placesOf(answer: Partial<Places> | Planned): number | undefined {
  if ('places' in answer) return answer.places
  return 'slots' in answer ? answer.slots : undefined
}

/** In histories of an older version the plan came in phases. */
function tasksOf(planned: Planned): readonly Task[] {
  if ('tasks' in planned) return planned.tasks
  const { measurements = [], passes, derived } = planned
  const names = (tasks: readonly { readonly name: string }[]) => tasks.map(({ name }) => name)
  return [
    ...measurements.map((task, index) => ({ ...task, needs: names(measurements.slice(0, index)) })),
    ...passes.map((task) => ({ ...task, needs: names(measurements) })),
    ...derived.map((task) => ({ ...task, needs: names(passes) })),
  ]
}
