import { proxyActivities, setCurrentDetails } from '@temporalio/workflow'
import type { Activities, Planned, Task } from '../activities/index.js'
import { CONTROL, MEDIA, PROBE } from './activity-options.js'
import { runTasks } from './run-tasks.js'
import { settle } from './settle.js'

interface EditVideoInput {
  readonly jobId: string
}

const { plan } = proxyActivities<Activities>(CONTROL)
const { probe } = proxyActivities<Activities>(PROBE)
const PASS_ACTIVITIES = proxyActivities<Activities>(MEDIA)

/** One edit: probe the source, plan, run the passes of the plan in the order that it asks for, publish. */
export async function editVideo({ jobId }: EditVideoInput): Promise<void> {
  await settle(jobId, async () => {
    setCurrentDetails('Probing the source.')
    await probe({ jobId })
    setCurrentDetails('Planning.')
    const tasks = tasksOf(await plan({ jobId }))
    const running = new Set<string>()
    await runTasks(tasks, async ({ name, kind, summary }) => {
      running.add(summary)
      showRunning(running)
      await PASS_ACTIVITIES[kind].executeWithOptions({ ...MEDIA, summary }, [{ jobId, passName: name }])
      running.delete(summary)
      showRunning(running)
    })
  })
}

/** Lines that a person reads. */
const MAX_LINES = 12

function showRunning(running: ReadonlySet<string>): void {
  const lines = [...running].slice(0, MAX_LINES).map((line) => `- ${line}`)
  const others = running.size - lines.length
  const rest = others > 0 ? [`- and ${others} more`] : []
  setCurrentDetails(`Rendering:\n\n${[...lines, ...rest].join('\n')}`)
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
