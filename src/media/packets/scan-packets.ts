import { AppError } from '../../errors.js'
import { framesToSec } from '../../plan/frames/rational.js'
import type { AudioFacts, MediaFacts } from '../../plan/model/facts.js'
import { readComplaint } from '../decoding/complaints.js'
import { withinLimits } from '../probe/media-facts.js'
import { PROBE_ALLOWLIST } from '../probe/probe.js'
import { classifyExit, overLimits } from '../process/classify-exit.js'
import { createLineReader } from '../process/line-reader.js'
import { runMediaProcess } from '../process/spawn-media.js'
import { chooseRate } from './choose-rate.js'
import { isCutOff } from './file-end.js'
import { createSpacingMeter, type FrameSpacing } from './frame-spacing.js'
import { createJitterMeter } from './jitter-meter.js'
import { type Extent, joinSegments } from './join-segments.js'
import { applyExtents } from './measured-facts.js'
import { createSegmentReader, type Segments } from './segments.js'

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
  const reader = createScanReader(facts, watch)
  let complaints = 0
  const packets = createLineReader(reader.readLine)
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
  return concludeScan(path, facts, { ...reader.found(), complaints })
}

/** Formats without the length of a frame, in which a long step of all clocks is a jump. */
const JUMPING = ['mpegts', 'mpeg', 'flv']

/** Reads lines `stream,pts,dts,duration,flags`. */
function createScanReader({ format, video, audio }: MediaFacts, watch: PacketWatch | null) {
  const segments = createSegmentReader(JUMPING.includes(format))
  const spacing = createSpacingMeter()
  const jitters = new Map(audio.map(({ index }) => [index, createJitterMeter()]))
  let segment = 0
  const readPicture = (at: number | null, pts: string | undefined, flags = '') => {
    const sec = Number.parseFloat(pts ?? '')
    if (at === null) return watch?.breakOff()
    if (at !== segment) spacing.restart()
    segment = at
    spacing.add(sec)
    watch?.add(Number.isFinite(sec) ? sec : null, flags.includes('K'))
  }
  return {
    readLine: (line: string): void => {
      const [index = '', pts, dts, duration, flags] = line.split(',')
      if (!/^\d+$/.test(index)) return
      const stream = Number(index)
      const at = segments.add({ stream, pts, dts, duration, flags })
      if (stream === video?.index) readPicture(at, pts, flags)
      if (at !== null)
        jitters.get(stream)?.add(Number.parseFloat(pts ?? ''), Number.parseFloat(duration ?? ''))
    },
    found: () => ({
      segments: segments.segments(),
      spacing: spacing.spacing(),
      jitters: new Map([...jitters].map(([index, meter]) => [index, meter.jitterSec()])),
    }),
  }
}

/** What a scan has read. */
export interface Scanned {
  readonly segments: Segments
  /** null: not measured. */
  readonly spacing: FrameSpacing | null
  /** Seconds by the index of the sound track; absent: not measured. */
  readonly jitters?: ReadonlyMap<number, number>
  readonly complaints: number
}

/**
 * Replaces what the header states by what the packets tell.
 * @throws AppError `source-damaged` when less than half of the picture is there, or nothing; `media-over-limits`
 */
export async function concludeScan(path: string, facts: MediaFacts, scanned: Scanned): Promise<MediaFacts> {
  const { segments, spacing, jitters, complaints } = scanned
  const hasFrames = facts.video ? segments.has(facts.video.index) : segments.size > 0
  if (!hasFrames) {
    throw new AppError('source-damaged', facts.video ? 'The video has no frames.' : 'The file has no sound.')
  }
  // Where frames are lost, the spacing of the others tells nothing.
  const rate = facts.video && spacing && complaints === 0 ? chooseRate(facts.video, spacing) : {}
  const rated = {
    ...facts,
    video: facts.video && { ...facts.video, ...rate },
    audio: facts.audio.map((track) => withJitter(track, jitters?.get(track.index) ?? 0)),
  }
  const measured = applyExtents(rated, extentsOf(rated, segments), {
    hasComplaints: complaints > 0,
    isCutOff: await isCutOff(path, facts.format),
  })
  return withinLimits(measured)
}

function withJitter(track: AudioFacts, jitterSec: number): AudioFacts {
  return jitterSec === 0 ? track : { ...track, jitterSec }
}

/** More would make filters too long to read. */
const MAX_JUMPS = 64

/** The streams on one clock: that of the picture, or else of the first sound. */
function extentsOf({ video, audio }: MediaFacts, segments: Segments): ReadonlyMap<number, Extent> {
  const packetSec = video ? framesToSec(1, video.frameRate) : 0
  const extents = joinSegments(segments, { index: video?.index ?? audio[0]?.index ?? 0, packetSec })
  const most = Math.max(0, ...[...extents.values()].map(({ jumps }) => jumps.length))
  if (most <= MAX_JUMPS) return extents
  throw new AppError(
    'media-over-limits',
    `The times of the file begin again or jump at ${most} places; at most ${MAX_JUMPS} can be joined.`,
  )
}
