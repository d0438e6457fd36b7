import { PROBE_ALLOWLIST } from '../probe/probe.js'
import { createLineReader } from '../process/line-reader.js'
import { withTimeout } from '../process/read-timeout.js'
import { runMediaProcess } from '../process/spawn-media.js'

const TIMEOUT_MS = 60_000

/** Whether ffprobe finds packets behind a place of a file. Versions differ in where they stop: since 7 a GIF is read on. */
export async function readsBeyond(ffprobePath: string, path: string, place: number): Promise<boolean> {
  let isBeyond = false
  const lines = createLineReader((line) => {
    isBeyond ||= Number.parseInt(line, 10) >= place
  })
  await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'quiet', '-hide_banner'],
      ...PROBE_ALLOWLIST,
      ...['-show_entries', 'packet=pos', '-print_format', 'csv=p=0', `file:${path}`],
    ],
    cwd: '/',
    signal: withTimeout(TIMEOUT_MS),
    onStdout: lines.read,
  })
  lines.end()
  return isBeyond
}
