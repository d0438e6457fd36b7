/** Takes chunks cut anywhere and hands on whole lines; `end` hands on the last one. */
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
