import { copiedCodec } from '../../plan/copy/copied-codec.js'
import { toNumber } from '../../plan/frames/rational.js'
import { canSeek } from '../../plan/inputs/open-video.js'
import type { CodedGroups, MediaFacts, VideoFacts } from '../../plan/model/facts.js'
import { createGroupFinder, type GroupOutline } from '../groups/group-finder.js'
import { type CodedStream, listIndependentFrames } from '../groups/independent-frames.js'
import { readParameters } from '../groups/read-parameters.js'
import { readStaticHdr } from '../probe/static-hdr.js'
import type { FfmpegTools } from '../process/run-ffmpeg.js'
import { scanPackets } from './scan-packets.js'

type Tools = Pick<FfmpegTools, 'ffmpegPath' | 'ffprobePath'>

/**
 * Measures a probed file that edits will read: its true extent, and where its picture can be copied from.
 * @throws AppError `source-damaged` when less than half of it is there
 */
export async function measureSource(
  tools: Tools,
  path: string,
  facts: MediaFacts,
  signal: AbortSignal,
): Promise<MediaFacts> {
  const finder = facts.video && createGroupFinder(facts.video.frameRate)
  const scanned = await scanPackets(tools.ffprobePath, path, facts, { signal, watch: finder })
  // Facts that were measured before have lost what the header stated, so their damage could not be found again.
  const measured = facts.isMeasured ? facts : scanned
  const { video } = measured
  if (!video) return measured
  const copied = copiedCodec(video.codec)
  const outline = copied && isCandidate(measured, video) ? (finder?.outline() ?? null) : null
  const file = { path, format: measured.format, video, signal }
  const groups = outline && copied && (await confirmGroups(tools, outline, { ...file, copied }))
  const isPq = video.colorTransfer === 'smpte2084'
  const hdr = isPq ? await readStaticHdr(tools.ffprobePath, path, video, signal) : null
  return { ...measured, video: { ...video, groups, ...(hdr ? { staticHdr: hdr } : {}) } }
}

/** Whether pictures can be copied at all: they are shown as they are coded and can be found by their time. */
function isCandidate(facts: MediaFacts, video: VideoFacts): boolean {
  return canSeek(facts) && !video.isVariableRate && !video.jumps
}

async function confirmGroups(
  tools: Tools,
  { firstSec, frameCount, starts, reorderFrames }: GroupOutline,
  stream: CodedStream,
): Promise<CodedGroups | null> {
  const { path, video, copied, signal } = stream
  const independent = new Set<number>()
  const isKnown = await listIndependentFrames(tools.ffmpegPath, stream, (sec) =>
    independent.add(Math.round((sec - firstSec) * toNumber(video.frameRate))),
  )
  const confirmed = starts.filter((frame) => independent.has(frame))
  if (!isKnown || confirmed.length === 0) return null
  return {
    starts: confirmed,
    reorderFrames,
    longestFrames: Math.max(...confirmed.map((frame, index) => (confirmed[index + 1] ?? frameCount) - frame)),
    parameters: copied.canStandBeside
      ? await readParameters(tools.ffprobePath, path, video.index, signal)
      : null,
  }
}
