import { AppError } from '../../errors.js'
import { framesToSec } from '../../plan/frames/rational.js'
import type { AudioFacts, Damage, MediaFacts, VideoFacts } from '../../plan/model/facts.js'
import type { Extent } from './join-segments.js'

/** Containers that state the length of each track. */
const TRACKS_STATED = ['mov,mp4,m4a,3gp,3g2,mj2', 'avi']

/** Containers that state the length of the whole file. */
const FILE_STATED = ['matroska,webm', 'flv', 'asf']

/** Headers round up: this share of the stated length may be missing, within these bounds in seconds. */
const MISSING_SHARE = 0.1
const MIN_MISSING_SEC = 0.1
const MAX_MISSING_SEC = 0.5

/**
 * Replaces what the headers state by what the packets tell, and notes what is missing.
 * @throws AppError `source-damaged` when less than half of the picture, or of a file of sound, is there
 */
export function applyExtents(
  facts: MediaFacts,
  extents: ReadonlyMap<number, Extent>,
  signs: DamageSigns,
): MediaFacts {
  const endSec = Math.max(...[...extents.values()].map((extent) => extent.endSec))
  const file = { facts, endSec, ...signs }
  const { video } = facts
  const picture = video && measureVideo(video, extents.get(video.index), file)
  const audio = facts.audio.flatMap((track) => {
    const extent = extents.get(track.index)
    return extent ? measureAudio(track, extent, file) : []
  })
  const starts = [picture, ...audio].flatMap((track) => (track ? [track.startSec] : []))
  const measured: MediaFacts = {
    ...facts,
    startSec: Math.min(...starts),
    video: picture,
    audio,
    isMeasured: true,
    ...(audio.length < facts.audio.length ? { emptyTracks: facts.audio.length - audio.length } : {}),
  }
  refuseRemnant(picture ?? audio[0])
  const lengthSec = longestSec(measured)
  const isShort = Boolean(picture?.damage) || audio.some(({ damage }) => damage)
  const isWrong = Math.abs(lengthSec - facts.durationSec) > ROUNDED_SEC
  return isShort || isWrong ? { ...measured, durationSec: lengthSec } : measured
}

/** The length in a header may differ from that of the packets by this much, and then stands. Seconds. */
const ROUNDED_SEC = 0.25

export interface DamageSigns {
  /** The demuxer has found faults, so gaps between frames are damage and not a variable rate. */
  readonly hasComplaints: boolean
  /** See isCutOff in file-end.ts. */
  readonly isCutOff: boolean
  /** See joined-flac.ts. */
  readonly joinedSec: number | null
}

interface File extends DamageSigns {
  readonly facts: MediaFacts
  /** End of the last packet. */
  readonly endSec: number
}

/** Tracks that go on until the file breaks off end within this time of each other. */
const INTERLEAVED_SEC = 1

/** Length in seconds that the file states for a track; null: none, or the track ends before the file breaks off. */
function statedLength(
  track: VideoFacts | AudioFacts,
  lengthSec: number,
  { facts, endSec }: File,
): number | null {
  // The length of a track that begins with an empty edit has that in it.
  const lateSec = Math.max(0, track.startSec - facts.startSec)
  if (TRACKS_STATED.includes(facts.format)) return track.durationSec - lateSec
  if (!FILE_STATED.includes(facts.format)) return null
  const startSec = Math.max(track.startSec, facts.startSec)
  if (startSec + lengthSec < endSec - INTERLEAVED_SEC) return null
  return facts.durationSec - (startSec - facts.startSec)
}

function isMissing(foundSec: number, statedSec: number, leastSec: number): boolean {
  const tolerated = Math.max(leastSec, Math.min(MAX_MISSING_SEC, statedSec * MISSING_SHARE))
  return foundSec < statedSec - tolerated
}

function measureVideo(video: VideoFacts, extent: Extent | undefined, file: File): VideoFacts {
  const { count = 0, firstSec = 0, lastSec = 0, endSec = 0, jumps = [] } = extent ?? {}
  const frameSec = framesToSec(1, video.frameRate)
  const isTimed = Number.isFinite(firstSec) && Number.isFinite(endSec)
  // Many containers do not state how long the last frame is shown.
  const lengthSec = isTimed ? Math.max(endSec, lastSec + (endSec > lastSec ? 0 : frameSec)) - firstSec : 0
  const durationSec = lengthSec || framesToSec(count, video.frameRate)
  const fullSec = framesToSec(count, video.frameRate)
  const damage = damageOf(video, { lengthSec: durationSec, fullSec, frameSec }, file)
  return {
    ...video,
    isVariableRate: video.isVariableRate || (!file.hasComplaints && isSparse(count, durationSec / frameSec)),
    frameCount: count,
    startSec: isTimed ? firstSec : video.startSec,
    ...(isTimed ? { lastFrameSec: lastSec } : {}),
    durationSec,
    ...(jumps.length > 0 ? { jumps } : {}),
    ...(damage ? { damage } : {}),
  }
}

/** Whether there are fewer frames than fit: some are shown for longer, whatever rate the header states. */
function isSparse(count: number, slots: number): boolean {
  return count > 1 && count < Math.min(slots - 2, slots * 0.98)
}

function measureAudio(track: AudioFacts, { firstSec, endSec, jumps }: Extent, file: File): AudioFacts {
  if (!Number.isFinite(endSec)) return track
  const lengthSec = Math.max(0, endSec - Math.max(track.startSec, firstSec))
  const damage = damageOf(track, { lengthSec, fullSec: lengthSec, frameSec: 0 }, file)
  return {
    ...track,
    durationSec: lengthSec,
    ...(jumps.length > 0 ? { jumps } : {}),
    ...(damage ? { damage } : {}),
  }
}

interface Found {
  /** From the start of the first packet to the end of the last. */
  readonly lengthSec: number
  /** Length of all packets together, without the gaps between them. */
  readonly fullSec: number
  readonly frameSec: number
}

function damageOf(
  track: VideoFacts | AudioFacts,
  { lengthSec, fullSec, frameSec }: Found,
  file: File,
): Damage | null {
  const leastSec = Math.max(MIN_MISSING_SEC, 1.5 * frameSec)
  const statedSec = statedLength(track, lengthSec, file) ?? 0
  if (isMissing(lengthSec, statedSec, leastSec)) return { kind: 'breaks-off', foundSec: lengthSec, statedSec }
  if (file.isCutOff && ('frameRate' in track || file.facts.format === 'wav')) {
    return { kind: 'breaks-off', foundSec: lengthSec, statedSec: null }
  }
  if (file.joinedSec !== null && lengthSec < file.joinedSec - leastSec) {
    return { kind: 'gaps', foundSec: lengthSec, statedSec: file.joinedSec }
  }
  return file.hasComplaints && isMissing(fullSec, lengthSec, leastSec)
    ? { kind: 'gaps', foundSec: fullSec, statedSec: lengthSec }
    : null
}

function refuseRemnant(track: VideoFacts | AudioFacts | undefined): void {
  const { foundSec = 0, statedSec = null } = track?.damage ?? {}
  if (statedSec === null || foundSec * 2 >= statedSec) return
  const [found, stated] = [foundSec, statedSec].map((seconds) => seconds.toFixed(2))
  throw new AppError('source-damaged', `Less than half of the file is there: ${found} s of ${stated} s.`)
}

/** Seconds from the file's start to the end of its longest track. */
function longestSec({ startSec, video, audio }: MediaFacts): number {
  const tracks = [...(video ? [video] : []), ...audio]
  return Math.max(0, ...tracks.map((track) => track.startSec - startSec + track.durationSec))
}
