import { AppError } from '../../errors.js'
import type { MediaFacts } from '../../plan/model/facts.js'
import { readComplaint } from '../decoding/complaints.js'
import { withinLimits } from '../probe/media-facts.js'
import { PROBE_ALLOWLIST } from '../probe/probe.js'
import { classifyExit, overLimits } from '../process/classify-exit.js'
import { createLineReader } from '../process/line-reader.js'
import { runMediaProcess } from '../process/spawn-media.js'
import { addPacket, type Extents } from './extents.js'
import { isCutOff } from './file-end.js'
import { applyExtents } from './measured-facts.js'

/** ffprobe's `-show_entries`: what is read of each packet. */
export const PACKET_ENTRIES = 'packet=stream_index,pts_time,dts_time,duration_time,flags'

/** Is called with each packet of the picture, in the order of the file. */
export interface PacketWatch {
  /** @param sec time at which the frame is shown; null: unknown */
  readonly add: (sec: number | null, isKey: boolean) => void
  /** A packet that an edit list leaves out. */
  readonly breakOff: () => void
}

interface Scan {
  readonly signal: AbortSignal
  readonly watch?: PacketWatch | null
}

/**
 * Counts the frames of a file and measures the true extent of its tracks by its packets: headers lie, files break off,
 * and several containers state no length. Reads the whole file and decodes nothing.
 * @throws AppError `media-over-limits`, and the codes of concludeScan
 */
export async function scanPackets(
  ffprobePath: string,
  path: string,
  facts: MediaFacts,
  { signal, watch = null }: Scan,
): Promise<MediaFacts> {
  const extents: Extents = new Map()
  let complaints = 0
  const packets = createLineReader((line) => {
    addLine(extents, line)
    if (watch && facts.video) showPacket(watch, facts.video.index, line)
  })
  const stderr = createLineReader((line) => {
    if (readComplaint(line)) complaints += 1
  })
  const exit = await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'level+warning'],
      '-hide_banner',
      ...PROBE_ALLOWLIST,
      ...['-show_entries', PACKET_ENTRIES],
      ...['-print_format', 'csv=p=0'],
      `file:${path}`,
    ],
    cwd: '/',
    signal,
    onStdout: packets.read,
    onStderr: stderr.read,
  })
  if (exit.signal) throw classifyExit(exit)
  const excess = overLimits(exit)
  if (excess) throw excess
  packets.end()
  return concludeScan(path, facts, extents, complaints)
}

/** A line is `stream,pts,dts,duration,flags`. */
function addLine(extents: Extents, line: string): void {
  const [index = '', pts, dts, duration, flags] = line.split(',')
  if (/^\d+$/.test(index)) addPacket(extents, { stream: Number(index), pts, dts, duration, flags })
}

function showPacket(watch: PacketWatch, wanted: number, line: string): void {
  const [index = '', pts = '', , , flags = ''] = line.split(',')
  if (index !== String(wanted)) return
  const sec = Number.parseFloat(pts)
  if (flags.includes('D')) watch.breakOff()
  else watch.add(Number.isFinite(sec) ? sec : null, flags.includes('K'))
}

/**
 * Replaces what the header states by what the packets tell.
 * @throws AppError `source-damaged` when less than half of the picture is there, or nothing; `media-over-limits`
 */
export async function concludeScan(
  path: string,
  facts: MediaFacts,
  extents: Extents,
  complaints: number,
): Promise<MediaFacts> {
  const hasFrames = facts.video ? extents.has(facts.video.index) : extents.size > 0
  if (!hasFrames) {
    throw new AppError('source-damaged', facts.video ? 'The video has no frames.' : 'The file has no sound.')
  }
  const measured = applyExtents(facts, extents, {
    hasComplaints: complaints > 0,
    isCutOff: await isCutOff(path, facts.format),
  })
  return withinLimits(measured)
}
