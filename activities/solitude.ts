/** Lets most work run side by side, and some of it alone. Work gets its turn in the order in which it came. */
export interface Solitude {
  /** @param signal while the work waits for its turn, it rejects with the signal's reason */
  together<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result>
  /** @param forMs after this time other work runs beside it; `onEnd` is then called */
  alone<Result>(turn: AloneTurn, work: () => Promise<Result>): Promise<Result>
}

export interface AloneTurn {
  readonly signal: AbortSignal
  readonly forMs: number
  readonly onEnd: () => void
}

interface Waiting {
  readonly isAlone: boolean
  readonly start: () => void
}

export function createSolitude(): Solitude {
  const { take, end, letOthersIn } = createTurns()
  return {
    together: async (signal, work) => {
      await take(false, signal)
      return work().finally(end)
    },
    alone: async ({ signal, forMs, onEnd }, work) => {
      await take(true, signal)
      let timer: NodeJS.Timeout | null = setTimeout(() => {
        timer = null
        onEnd()
        letOthersIn()
      }, forMs)
      return work().finally(() => {
        if (timer) {
          clearTimeout(timer)
          letOthersIn()
        }
        end()
      })
    },
  }
}

function createTurns() {
  let running = 0
  let isTaken = false
  const waiting: Waiting[] = []
  const startNext = () => {
    for (let next = waiting[0]; next && !isTaken && (!next.isAlone || running === 0); next = waiting[0]) {
      waiting.shift()
      running += 1
      isTaken = next.isAlone
      next.start()
    }
  }
  const take = (isAlone: boolean, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(entry), 1)
        reject(signal.reason as Error)
        startNext()
      }
      const entry = {
        isAlone,
        start: () => {
          signal.removeEventListener('abort', leave)
          resolve()
        },
      }
      signal.throwIfAborted()
      signal.addEventListener('abort', leave, { once: true })
      waiting.push(entry)
      startNext()
    })
  return {
    take,
    end: () => {
      running -= 1
      startNext()
    },
    letOthersIn: () => {
      isTaken = false
      startNext()
    },
  }
}
