import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { FFMPEG } from '../lavfi.js'

const listing = promisify(execFile)(FFMPEG, ['-hide_banner', '-encoders'])

/** Whether the ffmpeg under test has an encoder. Builds without one of AV1 are supported. */
export async function hasEncoder(name: string): Promise<boolean> {
  const { stdout } = await listing
  return stdout.split('\n').some((line) => line.trim().split(/\s+/)[1] === name)
}
