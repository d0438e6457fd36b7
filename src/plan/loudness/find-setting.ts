import type { LoudnessTarget } from '../model/plan.js'

/** What a meter says of sound. */
export interface LoudnessReading {
  /** null: none of the sound is loud enough, or long enough, to have a loudness. */
  readonly lufs: number | null
  /** dBTP; null: digital silence. */
  readonly truePeakDb: number | null
}

/** What the filters of the operation `loudness` are set to (src/plan/ops/loudness.ts). */
export interface LoudnessSetting {
  readonly gainDb: number
  /** Where the limiter holds the peaks, in dB below full scale. */
  readonly ceilingDb: number
}

export interface LoudnessTrial {
  readonly setting: LoudnessSetting
  /** The reading of the sound with this setting, coded and decoded again. */
  readonly reading: LoudnessReading
}

/** The result of a measurement, saved as JSON. */
export interface MeasuredLoudness extends LoudnessSetting {
  readonly before: LoudnessReading
  /** null: the sound had no loudness and was left as it is. */
  readonly after: LoudnessReading | null
}

/** The most settings that are tried. */
export const MAX_TRIALS = 4

/** A result this near to the target is not worth another trial. */
const NEAR_LU = 0.2
const NEAR_DB = 0.2

/** A result further than this from the target misses it: the tolerance of EBU R 128, and what meters differ by. */
const TOLERATED_LU = 0.5
const TOLERATED_DB = 0.3

/** A limiter takes back part of any gain that is added. */
const LIMITED_STEP = 1.4

/** The lowest ceiling that the limiter of ffmpeg can be set to. */
const LOWEST_CEILING_DB = -24

/**
 * The next setting to try; null: the best one is among those that were tried. A limiter takes loudness away,
 * and a coder changes both loudness and peaks, by amounts that only a trial shows.
 */
export function nextSetting(
  target: LoudnessTarget,
  before: LoudnessReading,
  trials: readonly LoudnessTrial[],
): LoudnessSetting | null {
  if (before.lufs === null) return null
  const last = trials.at(-1)
  if (!last) return firstSetting(target, before.lufs, before.truePeakDb ?? 0)
  const { missingLu, excessDb } = distance(target, last.reading)
  const isNear = Math.abs(missingLu) <= NEAR_LU && excessDb <= NEAR_DB
  if (isNear || trials.length >= MAX_TRIALS) return null
  const { gainDb, ceilingDb } = last.setting
  const isLimited = gainDb + (before.truePeakDb ?? 0) > ceilingDb
  const step =
    Math.abs(missingLu) <= NEAR_LU ? 0 : missingLu * (isLimited && missingLu > 0 ? LIMITED_STEP : 1)
  // A limiter that had nothing to do begins at the peaks.
  const from = Math.min(ceilingDb, gainDb + (before.truePeakDb ?? 0))
  const lowered = excessDb > NEAR_DB ? from - excessDb : ceilingDb
  return { gainDb: gainDb + step, ceilingDb: Math.max(LOWEST_CEILING_DB, lowered) }
}

function firstSetting({ lufs, truePeakDb }: LoudnessTarget, found: number, peakDb: number): LoudnessSetting {
  const gainDb = lufs - found
  return { gainDb, ceilingDb: Math.max(LOWEST_CEILING_DB, Math.min(truePeakDb, peakDb + gainDb)) }
}

/** The best of the trials: peaks that are low enough come first, then loudness that is right. */
export function conclude(
  target: LoudnessTarget,
  before: LoudnessReading,
  trials: readonly LoudnessTrial[],
): MeasuredLoudness {
  const badness = ({ reading }: LoudnessTrial) => {
    const { missingLu, excessDb } = distance(target, reading)
    return Math.max(0, excessDb - TOLERATED_DB) * 100 + Math.abs(missingLu)
  }
  const [best] = [...trials].sort((a, b) => badness(a) - badness(b))
  if (!best) return { gainDb: 0, ceilingDb: target.truePeakDb, before, after: null }
  return { ...best.setting, before, after: best.reading }
}

/** Whether a result misses the target by more than is tolerated. */
export function isOffTarget(target: LoudnessTarget, reading: LoudnessReading): boolean {
  const { missingLu, excessDb } = distance(target, reading)
  return Math.abs(missingLu) > TOLERATED_LU || excessDb > TOLERATED_DB
}

function distance(target: LoudnessTarget, { lufs, truePeakDb }: LoudnessReading) {
  return {
    missingLu: target.lufs - (lufs ?? target.lufs),
    /** Positive: the peaks are too high. */
    excessDb: (truePeakDb ?? target.truePeakDb) - target.truePeakDb,
  }
}
