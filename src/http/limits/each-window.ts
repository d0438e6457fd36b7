/** Calls `onEnd` at the end of each window of time, until the returned function is called. */
export type EachWindow = (onEnd: () => void) => () => void

export function eachWindowOf(lengthMs: number): EachWindow {
  return (onEnd) => {
    const timer = setInterval(onEnd, lengthMs)
    return () => clearInterval(timer)
  }
}
