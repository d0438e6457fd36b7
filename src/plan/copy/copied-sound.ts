import type { Edit } from '../../edit/operation.js'
import { chosenTrack } from '../inputs/audio-track.js'
import type { AudioFacts, MediaFacts } from '../model/facts.js'
import type { CopiedSound } from '../model/plan.js'

/**
 * Seconds of coded sound that are copied before the first sound that is heard, which depends on them: the windows of
 * AAC overlap, and MP3 has a bit reservoir. Players without edit lists play this run-up, too, so it is short.
 */
const RUN_UP_SEC = 0.1
const MP3_RUN_UP_SEC = 0.2

/** Sound may be shorter than its picture by this much and still counts as complete. */
const TOLERATED_SEC = 0.1

interface Wanted {
  /** What is heard, in seconds on the file's clock. */
  readonly startSec: number
  readonly endSec: number
  /** Whether a track that is coded in this way may be copied. */
  readonly isFit: (track: AudioFacts) => boolean
}

/** The source's own sound for a stretch of time; null: part of it is missing, or its coding does not fit. */
export function copiedSound(
  edit: Edit,
  facts: MediaFacts,
  { startSec, endSec, isFit }: Wanted,
): CopiedSound | null {
  const track = chosenTrack(facts.audio, edit.audio ?? null)
  if (!track || !isWholeOnOneClock(track) || !isFit(track)) return null
  const { startSec: begins, durationSec } = track
  const isWhole = begins <= startSec + TOLERATED_SEC && begins + durationSec >= endSec - TOLERATED_SEC
  if (!isWhole) return null
  const fromSec = startSec - (track.codec === 'mp3' ? MP3_RUN_UP_SEC : RUN_UP_SEC)
  return {
    stream: track.index,
    sampleRate: track.sampleRate,
    seekSec: fromSec > begins ? fromSec : 0,
    startSec,
    endSec,
  }
}

/** Players differ in what they make of gaps, of clocks that vary, and of parameters that change. */
function isWholeOnOneClock({ damage, forms, jumps, jitterSec, hasGaps }: AudioFacts): boolean {
  return !damage && !forms && !jumps && jitterSec === undefined && !hasGaps
}
