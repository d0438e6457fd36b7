/** Takes chunks that are cut anywhere and passes on whole lines, as latin1; `end` passes on an unfinished last one. */
export function createLineReader(onLine: (line: string) => void) {
  let rest = ''
  return {
    read: (chunk: Buffer): void => {
      const lines = (rest + chunk.toString('latin1')).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(onLine)
    },
    end: (): void => {
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}
