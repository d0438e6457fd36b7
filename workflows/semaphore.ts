/** So many at once, in the order in which they ask; there may come to be more places, not fewer. */
export interface Places {
  /** Resolves when a place is free, which is then taken. */
  take(): Promise<void>
  free(): void
  /** From now on there are at least so many. */
  growTo(count: number): void
}

export function createPlaces(count: number): Places {
  let left = count
  let all = count
  const waiting: (() => void)[] = []
  const letIn = () => {
    while (left > 0 && waiting.length > 0) {
      left -= 1
      waiting.shift()?.()
    }
  }
  return {
    take: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        letIn()
      }),
    free: () => {
      left += 1
      letIn()
    },
    growTo: (wanted) => {
      left += Math.max(0, wanted - all)
      all = Math.max(all, wanted)
      letIn()
    },
  }
}
