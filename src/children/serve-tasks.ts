import { hasErrorCode } from '../errors.js'
import { NO_MEMORY, type Reply, type Request, type TaskTable } from './messages.js'

/** A signal for the whole process group, such as that of Ctrl-C: the parent finishes its requests first, then ends us. */
const FOR_THE_PARENT = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs tasks in this process, which is a child, as its parent asks for them. Ends with the connection to the parent. */
export function serveTasks(tasks: TaskTable): void {
  const reply = (message: Reply) => process.send?.(message)
  for (const signal of FOR_THE_PARENT) process.on(signal, () => undefined)
  process.on('disconnect', () => process.exit())
  process.on('message', (request: Request) => {
    void answer(tasks, request).then(reply)
  })
  reply({ kind: 'ready' })
}

async function answer(tasks: TaskTable, { name, input }: Request): Promise<Reply> {
  try {
    const task = tasks[name]
    if (!task) throw new TypeError(`there is no task ${name}`)
    return { kind: 'done', outcome: await task(input as never) }
  } catch (error) {
    if (isRefusedMemory(error)) process.exit(NO_MEMORY)
    return { kind: 'broken', error }
  }
}

/** V8, or Node since 22, throws for a buffer, whose memory is not in the heap; for its heap V8 ends the process. */
function isRefusedMemory(error: unknown): boolean {
  return (
    hasErrorCode(error, 'ERR_MEMORY_ALLOCATION_FAILED') ||
    (error instanceof RangeError && error.message === 'Array buffer allocation failed')
  )
}
