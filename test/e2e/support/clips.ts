import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { FFMPEG } from '../../support/lavfi.js'

const run = promisify(execFile)

/** Makes a clip of a moving picture with a tone; `loops` repeats two encoded seconds without encoding again. */
export async function makeClip(
  path: string,
  { width, height, seconds, gop = 50 }: { width: number; height: number; seconds: number; gop?: number },
): Promise<string> {
  const piece = `${path}.piece.mp4`
  await run(FFMPEG, [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc2=s=${width}x${height}:r=25:d=2`],
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=2'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', String(gop), '-c:a', 'aac', '-shortest', piece],
  ])
  const loops = String(Math.ceil(seconds / 2) - 1)
  await run(FFMPEG, ['-v', 'error', '-y', '-stream_loop', loops, '-i', piece, '-c', 'copy', path])
  return path
}

/** A logo of one colour. */
export async function makeLogo(path: string, size: string, color: string): Promise<string> {
  await run(FFMPEG, [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `color=${color}:s=${size},format=rgba`],
    ...['-frames:v', '1', path],
  ])
  return path
}
