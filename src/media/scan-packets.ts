import { AppError } from '../errors.js'
import type { MediaFacts } from '../plan/facts.js'
import { classifyExit } from './classify-exit.js'
import { readComplaint } from './complaints.js'
import { isCutOff } from './file-end.js'
import { createLineReader } from './line-reader.js'
import { applyExtents, type Extent } from './measured-facts.js'
import { PROBE_ALLOWLIST } from './probe.js'
import { runMediaProcess } from './spawn-media.js'

const ENTRIES = 'packet=stream_index,pts_time,dts_time,duration_time,flags'

/**
 * Counts the frames of a file and measures the true extent of its tracks, from its packets: headers lie, files
 * break off, and several containers state no length. Reads the whole file, decodes nothing.
 * @throws AppError `source-damaged` when less than half of the picture is there, or nothing
 */
export async function scanPackets(
  ffprobePath: string,
  path: string,
  facts: MediaFacts,
  signal: AbortSignal,
): Promise<MediaFacts> {
  const extents = new Map<number, Extent>()
  let complaints = 0
  const packets = createLineReader((line) => addPacket(extents, line))
  const stderr = createLineReader((line) => {
    if (readComplaint(line)) complaints += 1
  })
  const exit = await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'level+warning', '-hide_banner', ...PROBE_ALLOWLIST],
      ...['-show_entries', ENTRIES, '-print_format', 'csv=p=0', `file:${path}`],
    ],
    cwd: '/',
    signal,
    onStdout: packets.read,
    onStderr: stderr.read,
  })
  if (exit.signal) throw classifyExit(exit)
  packets.end()
  const hasFrames = facts.video ? extents.has(facts.video.index) : extents.size > 0
  if (!hasFrames) {
    throw new AppError('source-damaged', facts.video ? 'The video has no frames.' : 'The file has no sound.')
  }
  return applyExtents(facts, extents, {
    hasComplaints: complaints > 0,
    isCutOff: await isCutOff(path, facts.format),
  })
}

/** A line is `stream,pts,dts,duration,flags`; a `D` among the flags marks a packet that an edit list leaves out. */
function addPacket(extents: Map<number, Extent>, line: string): void {
  const [index = '', pts = '', dts = '', duration = '', flags = ''] = line.split(',')
  if (!/^\d+$/.test(index) || flags.includes('D')) return
  const stream = Number(index)
  const extent = extents.get(stream) ?? {
    count: 0,
    firstSec: Infinity,
    lastSec: -Infinity,
    endSec: -Infinity,
  }
  extents.set(stream, extent)
  extent.count += 1
  const [shownSec, decodedSec, lengthSec] = [pts, dts, duration].map(Number.parseFloat)
  const startSec = firstNumber(shownSec, decodedSec)
  if (startSec === null) return
  const isShown = startSec === shownSec
  if (isShown || extent.firstSec === Infinity) extent.firstSec = Math.min(extent.firstSec, startSec)
  extent.lastSec = Math.max(extent.lastSec, startSec)
  // Some packets of MPEG and AVI say only when they are decoded, and may be shown a frame later.
  const factor = isShown ? 1 : 2
  extent.endSec = Math.max(extent.endSec, startSec + factor * (firstNumber(lengthSec) ?? 0))
}

function firstNumber(...values: readonly (number | undefined)[]): number | null {
  return values.find((value) => value !== undefined && Number.isFinite(value)) ?? null
}
