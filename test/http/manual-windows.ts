import type { EachWindow } from '../../src/http/limits/each-window.js'

/** Windows of time that a test ends by hand. */
export function manualWindows() {
  const listeners = new Set<() => void>()
  const eachWindow: EachWindow = (onEnd) => {
    listeners.add(onEnd)
    return () => listeners.delete(onEnd)
  }
  return {
    eachWindow,
    end: () => {
      for (const listener of [...listeners]) listener()
    },
    /** Number of listeners that wait for the end of a window. */
    count: () => listeners.size,
  }
}
