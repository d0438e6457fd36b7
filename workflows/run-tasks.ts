import { CancelledFailure, isCancellation } from '@temporalio/workflow'
import type { Task } from '../activities/index.js'
import type { Semaphore } from './semaphore.js'

/**
 * Runs each task as soon as the tasks that it needs are done and there is a place for it. Places go in the order of the
 * list, which a task queue would not keep. When a task fails, the others run to their ends, so that no finished work is
 * lost; then the first failure is thrown.
 */
export async function runTasks(
  tasks: readonly Task[],
  places: Semaphore,
  runTask: (task: Task) => Promise<void>,
): Promise<void> {
  const runs = new Map<string, Promise<boolean>>()
  const failures: unknown[] = []
  const run = async (task: Task): Promise<boolean> => {
    const needed = await Promise.all(task.needs.map((name) => runs.get(name) ?? Promise.resolve(false)))
    if (needed.includes(false)) return false
    await places.acquire()
    try {
      await runTask(task)
      return true
    } catch (error) {
      failures.push(error)
      return false
    } finally {
      places.release()
    }
  }
  for (const task of tasks) runs.set(task.name, run(task))
  await Promise.all(runs.values())
  if (failures.some(isCancellation)) throw new CancelledFailure('the edit was cancelled')
  if (failures.length > 0) throw failures[0]
}
