/** What we read of ffmpeg's own lines lies in their first hundreds of characters. */
const MAX_LINE = 4096

/**
 * Takes chunks that are cut anywhere and passes on whole lines, as latin1; `end` passes on an unfinished last one. A
 * line may hold text of a user's file and be as long as that, so no more than its first `maxLine` characters are kept.
 */
export function createLineReader(onLine: (line: string) => void, maxLine = MAX_LINE) {
  let rest = ''
  const keep = (text: string) => {
    if (rest.length < maxLine) rest += text.slice(0, maxLine - rest.length)
  }
  const emit = () => {
    onLine(rest)
    rest = ''
  }
  return {
    read: (chunk: Buffer): void => {
      const lines = chunk.toString('latin1').split('\n')
      const unfinished = lines.pop() ?? ''
      for (const line of lines) {
        keep(line)
        emit()
      }
      keep(unfinished)
    },
    end: (): void => {
      if (rest !== '') emit()
    },
  }
}
