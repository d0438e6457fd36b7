import { ApplicationFailure, patched, proxyActivities, setCurrentDetails } from '@temporalio/workflow'
import type { Activities, Planned, Task } from '../activities/index.js'
import { MEDIA, PROBE } from './activity-options.js'
import { LIGHT_WORK_IN_PLACE } from './light-work.js'
import { createPlaces } from './places.js'
import { runTasks } from './run-tasks.js'
import { settle } from './settle.js'

interface EditVideoInput {
  readonly jobId: string
}

const { probe } = proxyActivities<Activities>(PROBE)
const PASS_ACTIVITIES = proxyActivities<Activities>(MEDIA)

/** One edit: plan, probing the sources before unless that was done, run the passes of the plan in the order that it asks for, publish. */
export async function editVideo({ jobId }: EditVideoInput): Promise<void> {
  await settle(jobId, async ({ plan }) => {
    const planned = await planMeasured(jobId, plan)
    const places = createPlaces(slotsOf(planned))
    const running = new Set<string>()
    await runTasks(tasksOf(planned), places, async ({ name, kind, summary }) => {
      running.add(summary)
      showRunning(running)
      const input = { jobId, passName: name }
      const seen = await PASS_ACTIVITIES[kind].executeWithOptions({ ...MEDIA, summary }, [input])
      if (seen) places.growTo(seen.slots)
      running.delete(summary)
      showRunning(running)
    })
  })
}

/** Most sources were measured when they were uploaded; a plan of others is made once they are. */
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

/** Lines that a person reads. */
const MAX_LINES = 12

function showRunning(running: ReadonlySet<string>): void {
  const lines = [...running].slice(0, MAX_LINES).map((line) => `- ${line}`)
  const others = running.size - lines.length
  const rest = others > 0 ? [`- and ${others} more`] : []
  setCurrentDetails(`Rendering:\n\n${[...lines, ...rest].join('\n')}`)
}

function slotsOf(planned: Planned): number {
  return Math.max(1, ('slots' in planned ? planned.slots : undefined) ?? Infinity)
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
