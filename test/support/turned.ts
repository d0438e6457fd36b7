import { ffmpeg } from './lavfi.js'

/** What makes a copy of a file that is turned by its display matrix alone. */
export async function turnArgs(file: string, clockwise: number): Promise<string[]> {
  const args =
    (await majorVersion()) < 6
      ? ['-i', file, '-metadata:s:v', `rotate=${360 - clockwise}`]
      : // The display matrix counts against the clock.
        ['-display_rotation', String(-clockwise), '-i', file]
  return [...args, '-c', 'copy']
}

async function majorVersion(): Promise<number> {
  const text = (await ffmpeg('-version')).toString('utf8')
  return Number(/ffmpeg version n?(\d+)/.exec(text)?.[1] ?? 99)
}
