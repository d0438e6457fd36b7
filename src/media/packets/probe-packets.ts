import { AppError } from '../../errors.js'
import type { MediaFacts } from '../../plan/model/facts.js'
import { readComplaint } from '../decoding/complaints.js'
import { parseProbe } from '../probe/ffprobe-output.js'
import { mediaFacts } from '../probe/media-facts.js'
import { PROBE_ALLOWLIST } from '../probe/probe.js'
import { classifyExit } from '../process/classify-exit.js'
import { createLineReader } from '../process/line-reader.js'
import { runMediaProcess } from '../process/spawn-media.js'
import { concludeScan, PACKET_ENTRIES } from './scan-packets.js'
import { createSegmentReader } from './segments.js'

/**
 * Reads the header and the packets of a rendered file with a single ffprobe, because starting one costs more than
 * reading a short file.
 * @throws AppError `unsupported-media` when the file is no media file, and the codes of concludeScan
 */
export async function probePackets(
  ffprobePath: string,
  path: string,
  signal: AbortSignal,
): Promise<MediaFacts> {
  const answer = createAnswerReader()
  const lines = createLineReader(answer.readLine, MAX_HEADER_CHARS)
  let complaints = 0
  const stderr = createLineReader((line) => {
    if (readComplaint(line)) complaints += 1
  })
  const exit = await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'level+warning'],
      '-hide_banner',
      ...PROBE_ALLOWLIST,
      ...['-print_format', 'json=compact=1'],
      ...['-show_entries', PACKET_ENTRIES],
      '-show_format',
      '-show_streams',
      `file:${path}`,
    ],
    cwd: '/',
    signal,
    onStdout: lines.read,
    onStderr: stderr.read,
  })
  if (exit.signal) throw classifyExit(exit)
  if (exit.code !== 0)
    throw new AppError('unsupported-media', 'The file is not a media file, or it is damaged.')
  lines.end()
  const scanned = { segments: answer.segments(), spacing: null, complaints }
  return concludeScan(path, mediaFacts(parseProbe(answer.header())), scanned)
}

/** An honest file needs less JSON than this for its header. */
const MAX_HEADER_CHARS = 4 * 1024 * 1024

/** The first line of a packet. ffprobe leaves out values that it does not know. */
const PACKET =
  /^\s*\{ "stream_index": (\d+)(?:, "pts_time": "([^"]*)")?(?:, "dts_time": "([^"]*)")?(?:, "duration_time": "([^"]*)")?(?:, "flags": "([^"]*)")?/

/**
 * Reads ffprobe's JSON line by line, because a long file has too much of it to keep. Packets, each of which begins a
 * line, are counted and forgotten; the other lines are the header.
 */
function createAnswerReader() {
  const segments = createSegmentReader(false)
  const header: string[] = []
  let headerChars = 0
  let isInPackets = false
  return {
    segments: segments.segments,
    readLine: (line: string): void => {
      if (isInPackets && line.startsWith('    ]')) isInPackets = false
      if (isInPackets) readPacket(segments, line)
      else if ((headerChars += line.length) <= MAX_HEADER_CHARS) header.push(line)
      if (line.startsWith('    "packets": [')) isInPackets = true
    },
    /** The line reader decodes bytes as latin1; here they become text again. */
    header: () => Buffer.from(header.join('\n'), 'latin1').toString('utf8'),
  }
}

function readPacket(segments: ReturnType<typeof createSegmentReader>, line: string): void {
  const [, stream, pts, dts, duration, flags] = PACKET.exec(line) ?? []
  if (stream !== undefined) segments.add({ stream: Number(stream), pts, dts, duration, flags })
}
