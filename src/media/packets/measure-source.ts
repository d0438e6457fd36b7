import { toNumber } from '../../plan/frames/rational.js'
import { canSeek } from '../../plan/inputs/open-video.js'
import type { CodedGroups, MediaFacts, VideoFacts } from '../../plan/model/facts.js'
import { createGroupFinder, type GroupOutline } from '../groups/group-finder.js'
import { hasIndependentUnits, listIndependentFrames } from '../groups/independent-frames.js'
import { readParameters } from '../groups/read-parameters.js'
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
  const outline = isCandidate(measured, video) ? (finder?.outline() ?? null) : null
  const groups =
    outline && (await confirmGroups(tools, outline, { path, format: measured.format, video, signal }))
  return { ...measured, video: { ...video, groups } }
}

/** Whether pictures can be copied at all: they are shown as they are coded and can be found by their time. */
function isCandidate(facts: MediaFacts, video: VideoFacts): boolean {
  return canSeek(facts) && hasIndependentUnits(video) && !video.isVariableRate
}

interface Measured extends Pick<MediaFacts, 'format'> {
  readonly path: string
  readonly video: VideoFacts
  readonly signal: AbortSignal
}

async function confirmGroups(
  tools: Tools,
  { firstSec, frameCount, starts, reorderFrames }: GroupOutline,
  measured: Measured,
): Promise<CodedGroups | null> {
  const { path, video, signal } = measured
  const independent = new Set<number>()
  const isKnown = await listIndependentFrames(tools.ffmpegPath, {
    ...measured,
    onFrame: (sec) => independent.add(Math.round((sec - firstSec) * toNumber(video.frameRate))),
  })
  const confirmed = starts.filter((frame) => independent.has(frame))
  if (!isKnown || confirmed.length === 0) return null
  const isH264 = video.codec === 'h264'
  return {
    starts: confirmed,
    reorderFrames,
    longestFrames: Math.max(...confirmed.map((frame, index) => (confirmed[index + 1] ?? frameCount) - frame)),
    parameters: isH264 ? await readParameters(tools.ffprobePath, path, video.index, signal) : null,
  }
}
