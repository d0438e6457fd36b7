import { setTimeout as sleep } from 'node:timers/promises'
import { activityInfo, ApplicationFailure, Context } from '@temporalio/activity'
import { yieldingIf } from '../src/media/process/yielding.js'
import { noteAttempt } from './attempts.js'

/** How long an attempt waits on its worker. Meanwhile it takes a slot that others could use. */
const HOLD_MS = 500
const LOOK_MS = 50

/** How long it then waits in the queue, where it takes nothing. */
const AWAY = '2s'

/**
 * Waits a moment for a turn that only an earlier turn of the same owner can end, and otherwise gives the slot back: the
 * attempt ends and comes again. Temporal hands out waiting work by owners in turns, so that others come first.
 * @param take returns the turn; null: it is not the owner's turn yet
 */
export async function takeTurn<Turn>(take: () => Promise<Turn | null> | Turn | null): Promise<Turn> {
  const signal = Context.current().cancellationSignal
  const lastMs = performance.now() + HOLD_MS
  for (;;) {
    const turn = await take()
    if (turn !== null) return turn
    if (performance.now() >= lastMs) throw comeAgain()
    await sleep(LOOK_MS, undefined, { signal })
  }
}

/** No failure of anything, so that nobody is warned of it and nothing counts it. */
function comeAgain(): ApplicationFailure {
  noteAttempt({ runs: null })
  return ApplicationFailure.create({
    type: 'not-its-turn',
    message: 'Other work of the same owner runs in the slots that one owner may have.',
    nextRetryDelay: AWAY,
    category: 'BENIGN',
  })
}

/** The owner of the job that an activity belongs to; empty in workflows of older versions, which share their turns. */
function currentOwner(): string {
  return activityInfo().priority?.fairnessKey ?? ''
}

type Activity<Input extends unknown[], Result> = (...input: Input) => Promise<Result>

/**
 * Makes activities of which one owner runs no more than a number at once on this worker. Beside his first one, his others
 * get only the time of the processors that nobody else wants.
 */
export function createTurns(perOwner: number) {
  const running = new Map<string, number>()
  return <Input extends unknown[], Result>(activity: Activity<Input, Result>): Activity<Input, Result> =>
    async (...input) => {
      const owner = currentOwner()
      const { isFurther } = await takeTurn(() => {
        const count = running.get(owner) ?? 0
        if (count >= perOwner) return null
        running.set(owner, count + 1)
        return { isFurther: count > 0 }
      })
      try {
        return await yieldingIf(isFurther, () => activity(...input))
      } finally {
        const left = (running.get(owner) ?? 1) - 1
        if (left > 0) running.set(owner, left)
        else running.delete(owner)
      }
    }
}
