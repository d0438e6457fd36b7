import { AppError } from '../../errors.js'
import type { MediaFacts } from '../../plan/model/facts.js'
import { readComplaint } from '../decoding/complaints.js'
import { parseProbe } from '../probe/ffprobe-output.js'
import { mediaFacts } from '../probe/media-facts.js'
import { PROBE_ALLOWLIST } from '../probe/probe.js'
import { classifyExit } from '../process/classify-exit.js'
import { createLineReader } from '../process/line-reader.js'
import { runMediaProcess } from '../process/spawn-media.js'
import { addPacket, type Extents } from './extents.js'
import { concludeScan, PACKET_ENTRIES } from './scan-packets.js'

/**
 * The header and the packets of a file that we have made, by one ffprobe: starting it costs more than reading a
 * short file.
 * @throws AppError `unsupported-media` when it is no media file, and what a scan of its packets throws
 */
export async function probePackets(
  ffprobePath: string,
  path: string,
  signal: AbortSignal,
): Promise<MediaFacts> {
  const answer = createAnswerReader()
  const lines = createLineReader(answer.readLine)
  let complaints = 0
  const stderr = createLineReader((line) => {
    if (readComplaint(line)) complaints += 1
  })
  const exit = await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'level+warning', '-hide_banner', ...PROBE_ALLOWLIST, '-print_format', 'json=compact=1'],
      ...['-show_entries', PACKET_ENTRIES, '-show_format', '-show_streams', `file:${path}`],
    ],
    cwd: '/',
    signal,
    onStdout: lines.read,
    onStderr: stderr.read,
  })
  if (exit.signal) throw classifyExit(exit)
  if (exit.code !== 0) throw new AppError('unsupported-media', 'The file is no media file, or it is damaged.')
  lines.end()
  return concludeScan(path, mediaFacts(parseProbe(answer.header())), answer.extents, complaints)
}

/** A packet's first line; what ffprobe does not know of it is left out. */
const PACKET =
  /^\s*\{ "stream_index": (\d+)(?:, "pts_time": "([^"]*)")?(?:, "dts_time": "([^"]*)")?(?:, "duration_time": "([^"]*)")?(?:, "flags": "([^"]*)")?/

/**
 * Takes ffprobe's JSON line by line. Of a long file it is too much to keep: the packets, each of which begins a
 * line, are counted and forgotten; the rest is the header.
 */
function createAnswerReader() {
  const extents: Extents = new Map()
  const header: string[] = []
  let isInPackets = false
  return {
    extents,
    readLine: (line: string): void => {
      if (isInPackets && line.startsWith('    ]')) isInPackets = false
      if (!isInPackets) header.push(line)
      else readPacket(extents, line)
      if (line.startsWith('    "packets": [')) isInPackets = true
    },
    /** The line reader takes bytes for characters. */
    header: () => Buffer.from(header.join('\n'), 'latin1').toString('utf8'),
  }
}

function readPacket(extents: Extents, line: string): void {
  const [, stream, pts, dts, duration, flags] = PACKET.exec(line) ?? []
  if (stream !== undefined) addPacket(extents, { stream: Number(stream), pts, dts, duration, flags })
}
