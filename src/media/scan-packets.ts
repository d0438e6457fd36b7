import { AppError } from '../errors.js'
import type { MediaFacts } from '../plan/facts.js'
import { classifyExit } from './classify-exit.js'
import { PROBE_ALLOWLIST } from './probe.js'
import { runMediaProcess } from './spawn-media.js'

interface Extent {
  count: number
  firstSec: number
  endSec: number
}

/**
 * Counts the frames of a video and measures its true extent, from its packets: headers lie, and several
 * containers state neither. Reads the whole file, decodes nothing.
 * @throws AppError `source-damaged` when there is not one frame, or the file breaks off
 */
export async function scanPackets(
  ffprobePath: string,
  path: string,
  facts: MediaFacts,
  signal: AbortSignal,
): Promise<MediaFacts> {
  if (!facts.video) return facts
  const extent: Extent = { count: 0, firstSec: Infinity, endSec: -Infinity }
  const readLine = (line: string) => addPacket(extent, line)
  let rest = ''
  const exit = await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'error', '-hide_banner', ...PROBE_ALLOWLIST],
      ...[
        '-select_streams',
        String(facts.video.index),
        '-show_entries',
        'packet=pts_time,duration_time,flags',
      ],
      ...['-print_format', 'csv=p=0', `file:${path}`],
    ],
    cwd: '/',
    signal,
    onStdout: (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(readLine)
    },
  })
  if (exit.signal) throw classifyExit(exit)
  readLine(rest)
  if (extent.count === 0) throw new AppError('source-damaged', 'The video has no frames.')
  refuseBrokenOff(facts, facts.video, extent)
  return withExtent(facts, facts.video, extent)
}

/** A line is `pts,duration,flags`; a `D` among the flags marks a packet that an edit list leaves out. */
function addPacket(extent: Extent, line: string): void {
  const [pts = '', duration = '', flags = ''] = line.split(',')
  if (line === '' || flags.includes('D')) return
  extent.count += 1
  const start = Number.parseFloat(pts)
  if (!Number.isFinite(start)) return
  extent.firstSec = Math.min(extent.firstSec, start)
  extent.endSec = Math.max(extent.endSec, start + (Number.parseFloat(duration) || 0))
}

/** The index of an MP4 says how long the picture is; in other containers it is the whole file's length, or a guess. */
const INDEXED_FORMAT = 'mov,mp4,m4a,3gp,3g2,mj2'

/** Frames may be timed a little differently than the header says. */
const MISSING_SEC = 0.5

function refuseBrokenOff(
  { format }: MediaFacts,
  { durationSec }: NonNullable<MediaFacts['video']>,
  { firstSec, endSec }: Extent,
): void {
  const foundSec = endSec - firstSec
  if (format !== INDEXED_FORMAT || !(foundSec < durationSec - MISSING_SEC)) return
  const [found, stated] = [foundSec, durationSec].map((seconds) => seconds.toFixed(2))
  throw new AppError('source-damaged', `The video breaks off after ${found} s of ${stated} s.`)
}

function withExtent(
  facts: MediaFacts,
  video: NonNullable<MediaFacts['video']>,
  { count, firstSec, endSec }: Extent,
): MediaFacts {
  const isTimed = endSec > firstSec
  return {
    ...facts,
    video: {
      ...video,
      frameCount: count,
      startSec: isTimed ? firstSec : video.startSec,
      durationSec: isTimed ? endSec - firstSec : video.durationSec,
    },
  }
}
