import { CancelledFailure, isCancellation } from '@temporalio/workflow'
import type { Task } from '../activities/index.js'
import type { Places } from './places.js'

/**
 * Runs each task as soon as those that it needs are done and there is a place, in the order of the list: a queue
 * would hand out what waits in it in any order. All others run to their ends when one fails, so that it costs no
 * finished sister; then the first failure counts.
 */
export async function runTasks(
  tasks: readonly Task[],
  places: Places,
  runTask: (task: Task) => Promise<void>,
): Promise<void> {
  const runs = new Map<string, Promise<boolean>>()
  const failures: unknown[] = []
  const run = async (task: Task): Promise<boolean> => {
    const needed = await Promise.all(task.needs.map((name) => runs.get(name) ?? Promise.resolve(false)))
    if (needed.includes(false)) return false
    await places.take()
    try {
      await runTask(task)
      return true
    } catch (error) {
      failures.push(error)
      return false
    } finally {
      places.free()
    }
  }
  for (const task of tasks) runs.set(task.name, run(task))
  await Promise.all(runs.values())
  if (failures.some(isCancellation)) throw new CancelledFailure('the edit was cancelled')
  if (failures.length > 0) throw failures[0]
}
