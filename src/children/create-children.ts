import { AppError } from '../errors.js'
import { type Child, type ChildCommand, describe, type End, hasExhaustedMemory, startChild } from './child.js'
import { FairQueue } from './fair-queue.js'
import type { Reply, Request, TaskTable } from './messages.js'
import { fromOutcome, type Outcome } from './outcome.js'

type Result<Run> = Run extends (input: never) => Promise<Outcome<infer Value>> ? Value : never

export interface Children<Tasks extends TaskTable> {
  /**
   * Runs a task for an owner when it is his turn. Input and result are copied, so that they are data.
   * @throws AppError that of the task; `request-too-costly` when it takes too long or too much memory; `rate-limited`
   *   when too many tasks of the owner wait; `out-of-resources` when no process can be started
   */
  run<Name extends keyof Tasks & string>(
    owner: string,
    name: Name,
    input: Parameters<Tasks[Name]>[0],
  ): Promise<Result<Tasks[Name]>>
  /** Ends all of them. */
  close(): Promise<void>
}

export interface ChildrenOptions extends ChildCommand {
  readonly children: number
  /** From the start of a task, so that it does not count how many others were before it. */
  readonly deadlineMs: number
  readonly waitingPerOwner: number
}

/** An idle child is kept for this time, because a start takes longer than most tasks. One is kept for ever. */
const IDLE_MS = 60_000

/** A child that was killed from outside says nothing of its task, which is tried once more. */
const MAX_TRIALS = 2

/**
 * Processes for tasks whose time and memory depend on what users send. This process goes on meanwhile, and a task that
 * ends its child ends nothing else: V8 ends a whole process whose heap is full, with all of its threads.
 */
export function createChildren<Tasks extends TaskTable>(options: ChildrenOptions): Children<Tasks> {
  const { children: places, deadlineMs, waitingPerOwner } = options
  const queue = new FairQueue({ places, waitingPerOwner })
  const pool = createPool(options)
  const runOnce = async (request: Request): Promise<Reply | End | 'late'> => {
    const child = pool.take()
    try {
      await child.ready
      return await runUntil(child, request, deadlineMs)
    } finally {
      pool.giveBack(child)
    }
  }
  const run = async (request: Request): Promise<Outcome<unknown>> => {
    for (let trial = 1; ; trial += 1) {
      const answer = await runOnce(request)
      if (answer === 'late') throw tooCostly(deadlineMs)
      if (!('kind' in answer)) {
        if (hasExhaustedMemory(answer) || trial === MAX_TRIALS) throw tooCostly(deadlineMs, answer)
      } else if (answer.kind === 'done') return answer.outcome
      else if (answer.kind === 'broken') throw answer.error
    }
  }
  return {
    run: <Name extends keyof Tasks & string>(owner: string, name: Name, input: Parameters<Tasks[Name]>[0]) =>
      queue.run(
        owner,
        // The child runs the task of this name, and a copy is of the type of what was copied.
        async () => fromOutcome(await run({ name, input })) as Result<Tasks[Name]>,
      ),
    close: () => pool.close(),
  }
}

/** Resolves only when the child has answered or is gone, so that there are never more of them than places. */
async function runUntil(child: Child, request: Request, deadlineMs: number): Promise<Reply | End | 'late'> {
  const late = new AbortController()
  const timer = setTimeout(() => {
    late.abort()
    child.kill()
  }, deadlineMs)
  try {
    const answer = await child.run(request)
    return late.signal.aborted && !('kind' in answer) ? 'late' : answer
  } finally {
    clearTimeout(timer)
  }
}

/** One child is always ready for the next task. */
function createPool(command: ChildCommand) {
  const all = new Set<Child>()
  /** Those that wait, the latest last, and what ends them. */
  const idle = new Map<Child, NodeJS.Timeout>()
  let isClosed = false
  const start = (): Child => {
    const child = startChild(command)
    all.add(child)
    void child.ended.then(() => {
      all.delete(child)
      remove(child)
    })
    return child
  }
  const remove = (child: Child) => {
    clearTimeout(idle.get(child))
    idle.delete(child)
  }
  const add = (child: Child) => {
    idle.set(child, setTimeout(endIdle, IDLE_MS, child).unref())
  }
  const endIdle = (child: Child) => {
    if (idle.size > 1) child.kill()
  }
  const keepOneReady = () => {
    if (!isClosed && idle.size === 0) add(start())
  }
  keepOneReady()
  return {
    take: (): Child => {
      const child = [...idle.keys()].at(-1) ?? start()
      remove(child)
      return child
    },
    giveBack: (child: Child): void => {
      if (child.isAlive()) add(child)
      else keepOneReady()
    },
    close: async (): Promise<void> => {
      isClosed = true
      const ends = [...all].map((child) => child.ended)
      for (const child of all) child.kill()
      await Promise.all(ends)
    },
  }
}

function tooCostly(deadlineMs: number, end?: End): AppError {
  return new AppError(
    'request-too-costly',
    `Checking the request took more than ${deadlineMs / 1000} s or too much memory. ` +
      'Send fewer or shorter operations, texts or files.',
    end && { cause: new Error(`a child process ended by ${describe(end)}`) },
  )
}
