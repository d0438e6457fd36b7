/** Calls at the end of each window. Returns how to stop. */
export type EachWindow = (onEnd: () => void) => () => void

export function eachWindowOf(lengthMs: number): EachWindow {
  return (onEnd) => {
    const timer = setInterval(onEnd, lengthMs)
    return () => clearInterval(timer)
  }
}
