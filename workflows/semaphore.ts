/** A FIFO semaphore whose size can grow but not shrink. */
export interface Semaphore {
  /** Resolves once a permit is free; the caller holds it from then on. */
  acquire(): Promise<void>
  release(): void
  /** Makes the semaphore at least this large. */
  growTo(size: number): void
}

export function createSemaphore(initialSize: number): Semaphore {
  let free = initialSize
  let size = initialSize
  const waiting: (() => void)[] = []
  const letIn = () => {
    while (free > 0 && waiting.length > 0) {
      free -= 1
      waiting.shift()?.()
    }
  }
  return {
    acquire: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        letIn()
      }),
    release: () => {
      free += 1
      letIn()
    },
    growTo: (wanted) => {
      free += Math.max(0, wanted - size)
      size = Math.max(size, wanted)
      letIn()
    },
  }
}
