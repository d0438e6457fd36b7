import { AppError } from '../../errors.js'
import { framesToSec } from '../../plan/frames/rational.js'
import { lookArgs } from '../../plan/inputs/source-limits.js'
import type { AudioFacts, MediaFacts } from '../../plan/model/facts.js'
import { type Complaint, COMPLAINTS_A_SEAM, readComplaint } from '../decoding/complaints.js'
import { JUMPING } from '../probe/containers.js'
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
import { statedFlacLength } from './joined-flac.js'
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
    const complaint = readComplaint(line)
    if (complaint && !isOfSound(complaint, facts)) complaints += 1
  })
  const exit = await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'level+warning'],
      '-hide_banner',
      ...PROBE_ALLOWLIST,
      ...lookArgs(facts),
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

/**
 * What is wrong in the packets of a sound track says nothing of those of the picture. ffprobe's parser says it of the
 * Opus that ffmpeg 9 writes, though all of it decodes.
 */
function isOfSound(complaint: Complaint, { video, audio }: MediaFacts): boolean {
  return video !== null && complaint.of === 'file' && audio.some(({ codec }) => codec === complaint.by)
}

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
      const meter = jitters.get(stream)
      if (at === null) meter?.breakOff()
      else meter?.add(Number.parseFloat(pts ?? ''), Number.parseFloat(duration ?? ''))
    },
    found: () => ({
      segments: segments.segments(),
      spacing: spacing.spacing(),
      continuity: new Map(
        [...jitters].map(([index, meter]) => [
          index,
          { jitterSec: meter.jitterSec(), hasGaps: meter.hasGaps() },
        ]),
      ),
    }),
  }
}

interface Continuity {
  readonly jitterSec: number
  readonly hasGaps: boolean
}

/** What a scan has read. */
export interface Scanned {
  readonly segments: Segments
  /** null: not measured. */
  readonly spacing: FrameSpacing | null
  /** How packets follow one another, by the index of the sound track; absent: not measured. */
  readonly continuity?: ReadonlyMap<number, Continuity>
  readonly complaints: number
}

/**
 * Replaces what the header states by what the packets tell.
 * @throws AppError `source-damaged` when less than half of the picture is there, or nothing; `media-over-limits`
 */
export async function concludeScan(path: string, facts: MediaFacts, scanned: Scanned): Promise<MediaFacts> {
  const { segments, spacing, continuity, complaints } = scanned
  const hasFrames = facts.video ? segments.has(facts.video.index) : segments.size > 0
  if (!hasFrames) {
    throw new AppError('source-damaged', facts.video ? 'The video has no frames.' : 'The file has no sound.')
  }
  // Where frames are lost, the spacing of the others tells nothing.
  const isWhole = complaints <= COMPLAINTS_A_SEAM * seamsOf(segments)
  const rate = facts.video && spacing && isWhole ? chooseRate(facts.video, spacing) : {}
  const rated = {
    ...facts,
    video: facts.video && { ...facts.video, ...rate },
    audio: facts.audio.map((track) => withContinuity(track, continuity?.get(track.index))),
  }
  const isCounted = (spacing?.untimed ?? 0) > 0 && rated.video?.isVariableRate === false
  const measured = applyExtents(rated, extentsOf(rated, segments, isCounted), {
    hasComplaints: complaints > 0,
    isCutOff: await isCutOff(path, facts.format),
    joinedSec: await statedFlacLength(path, facts.format),
  })
  return withinLimits(measured)
}

function withContinuity(track: AudioFacts, continuity: Continuity | undefined): AudioFacts {
  const { jitterSec = 0 } = continuity ?? {}
  // Those of Vorbis are of the times that ffmpeg gives to blocks of another size.
  const hasGaps = track.codec !== 'vorbis' && (continuity?.hasGaps ?? false)
  return { ...track, ...(jitterSec > 0 ? { jitterSec } : {}), ...(hasGaps ? { hasGaps } : {}) }
}

/** More would make filters too long to read. */
const MAX_JUMPS = 64

/** Places where recordings were joined. */
function seamsOf(segments: Segments): number {
  return Math.max(0, ...[...segments.values()].map(({ length }) => length - 1))
}

/**
 * The streams on one clock: that of the picture, or else of the first sound.
 * @param isCounted some frames have no time, so that their number tells when the last one ends
 */
function extentsOf(
  { video, audio }: MediaFacts,
  segments: Segments,
  isCounted: boolean,
): ReadonlyMap<number, Extent> {
  const packetSec = video ? framesToSec(1, video.frameRate) : 0
  const leader = { index: video?.index ?? audio[0]?.index ?? 0, packetSec, isCounted }
  const extents = joinSegments(segments, leader)
  const most = Math.max(0, ...[...extents.values()].map(({ jumps }) => jumps.length))
  if (most <= MAX_JUMPS) return extents
  throw new AppError(
    'media-over-limits',
    `The times of the file begin again or jump at ${most} places; at most ${MAX_JUMPS} can be joined.`,
  )
}
