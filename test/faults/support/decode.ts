import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { FFMPEG } from '../../support/lavfi.js'

const run = promisify(execFile)

/** Decodes a whole file. Returns the number of its frames; null: it has no picture. Fails when anything is broken. */
export async function decodeWhole(path: string): Promise<number | null> {
  const { stdout, stderr } = await run(FFMPEG, [
    ...['-v', 'error', '-xerror', '-i', path, '-map', '0:v:0?', '-map', '0:a?'],
    ...['-fps_mode', 'passthrough', '-progress', 'pipe:1', '-f', 'null', '-'],
  ])
  if (stderr !== '') throw new Error(stderr.trim())
  const frames = [...stdout.matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1]
  return frames === undefined ? null : Number(frames)
}
