import { copiedCodec } from '../../plan/copy/copied-codec.js'
import { toNumber } from '../../plan/frames/rational.js'
import { canSeek } from '../../plan/inputs/open-video.js'
import { openingOf } from '../../plan/inputs/source-input.js'
import type { CodedGroups, MediaFacts, VideoFacts } from '../../plan/model/facts.js'
import { isStillImage } from '../../plan/model/image-kinds.js'
import { needsItsStart } from '../decoding/seek-trial.js'
import { withSoundForms } from '../decoding/sound-forms.js'
import { createGroupFinder, type GroupOutline } from '../groups/group-finder.js'
import { type CodedStream, listIndependentFrames } from '../groups/independent-frames.js'
import { readParameters } from '../groups/read-parameters.js'
import { sampleShapes } from '../probe/picture-shapes.js'
import { readStaticHdr } from '../probe/static-hdr.js'
import type { FfmpegTools } from '../process/run-ffmpeg.js'
import { createKeyFrameList } from './key-frame-list.js'
import { type PacketWatch, scanPackets } from './scan-packets.js'

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
  if (isStillImage(facts)) return stillFacts(facts)
  // It was measured when it was drawn, and there is nothing to copy.
  if (facts.drawnFrom) return { ...facts, video: facts.video && { ...facts.video, groups: null } }
  const finder = facts.video && createGroupFinder(facts.video.frameRate)
  const keyFrames = createKeyFrameList()
  const watch = finder && watchBoth(finder, keyFrames.add)
  const scanned = await scanPackets(tools.ffprobePath, path, facts, { signal, watch })
  // Facts that were measured before have lost what the header stated, so their damage could not be found again.
  const extent = facts.isMeasured ? facts : scanned
  const sound = withSoundForms(tools.ffmpegPath, { path, facts: extent, signal })
  const [heard, video] = await Promise.all([
    sound,
    measurePicture(tools, extent, { finder, keyFrames, path, signal }),
  ])
  return { ...extent, ...heard, video }
}

/** A single picture has one packet, and nothing to copy. */
function stillFacts(facts: MediaFacts): MediaFacts {
  return { ...facts, isMeasured: true, video: facts.video && { ...facts.video, frameCount: 1, groups: null } }
}

interface PictureScan {
  readonly finder: ReturnType<typeof createGroupFinder> | null
  readonly keyFrames: ReturnType<typeof createKeyFrameList>
  readonly path: string
  readonly signal: AbortSignal
}

/** What only the packets or a decode tell of the picture. */
async function measurePicture(
  tools: Tools,
  measured: MediaFacts,
  { finder, keyFrames, path, signal }: PictureScan,
): Promise<VideoFacts | null> {
  const { video } = measured
  if (!video) return null
  const copied = copiedCodec(video.codec)
  const outline = copied && isCandidate(measured, video) ? (finder?.outline() ?? null) : null
  const file = { path, ...openingOf(measured), video, signal }
  const isPq = video.colorTransfer === 'smpte2084'
  const isIndexed = canSeek(measured)
  const sampled = { ...file, spread: keyFrames.spread, isIndexed }
  const tried = { ...file, keyFramesSec: keyFrames.first() }
  const [groups, hdr, shape, isLinear] = await Promise.all([
    outline && copied && confirmGroups(tools, outline, { ...file, copied }),
    isPq ? readStaticHdr(tools.ffprobePath, path, video, signal) : null,
    sampleShapes(tools.ffprobePath, sampled),
    isIndexed && needsItsStart(tools.ffmpegPath, tried),
  ])
  return {
    ...video,
    ...shape,
    groups,
    ...(hdr ? { staticHdr: hdr } : {}),
    ...(isLinear ? { needsStart: true } : {}),
  }
}

function watchBoth(finder: PacketWatch, add: PacketWatch['add']): PacketWatch {
  return {
    breakOff: finder.breakOff,
    add: (sec, isKey) => {
      finder.add(sec, isKey)
      add(sec, isKey)
    },
  }
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
