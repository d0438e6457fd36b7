import { ffmpeg } from '../lavfi.js'

/** Arguments that copy a file and rotate it by its display matrix alone. */
export async function turnArgs(file: string, clockwise: number): Promise<string[]> {
  const args =
    (await majorVersion()) < 6
      ? ['-i', file, '-metadata:s:v', `rotate=${360 - clockwise}`]
      : // The display matrix counts anticlockwise.
        ['-display_rotation', String(-clockwise), '-i', file]
  return [...args, '-c', 'copy']
}

async function majorVersion(): Promise<number> {
  const text = (await ffmpeg('-version')).toString('utf8')
  return Number(/ffmpeg version n?(\d+)/.exec(text)?.[1] ?? 99)
}
