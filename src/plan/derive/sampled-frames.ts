import { toNumber } from '../frames/rational.js'
import { formatNumber } from '../graph/format-number.js'
import type { FilterCall } from '../graph/graph-builder.js'
import type { PassInput } from '../model/plan.js'
import type { FinishedFile, FinishedFilm } from './finished-file.js'

/** Frames at even distances through a file: the n-th is from the middle of the n-th of equal slots. */
export interface Sampling {
  readonly count: number
  readonly slotSec: number
  /** Decode only key frames, which is many times faster. Each slot has one before its middle. */
  readonly keyFramesOnly: boolean
}

/** A wanted number of slots, or fewer, so that none is shorter than two frames. */
export function sampleByCount(file: FinishedFilm, wanted: number): Sampling {
  const count = Math.max(1, Math.min(wanted, Math.floor(file.frameCount / 2)))
  return sampling(file, count, file.durationSec / count)
}

/** Slots of a wanted length; the rest at the end belongs to the last slot. */
export function sampleByInterval(file: FinishedFilm, intervalSec: number): Sampling {
  const slotSec = Math.max(intervalSec, 2 / toNumber(file.frameRate))
  return sampling(file, Math.max(1, Math.floor(file.durationSec / slotSec)), slotSec)
}

function sampling(file: FinishedFilm, count: number, slotSec: number): Sampling {
  return { count, slotSec, keyFramesOnly: file.keyFrameIntervalSec <= slotSec / 2 }
}

/** A filter that passes the first frame at or after the middle of each slot; its variable 0 counts the slots. */
export function selectSamples({ slotSec }: Sampling, { frameRate }: FinishedFilm): FilterCall {
  // Half a frame early, so that rounding loses no frame that lies on a middle.
  const early = 0.5 / toNumber(frameRate)
  const middle = `(ld(0)+0.5)*${formatNumber(slotSec)}-${formatNumber(early)}`
  return ['select', { expr: `if(gte(t,${middle}),st(0,ld(0)+1),0)` }]
}

export function inputOf({ key, format }: FinishedFile, sampling?: Sampling): PassInput {
  return { key, format, seekSec: 0, ...(sampling?.keyFramesOnly ? { keyFramesOnly: true } : {}) }
}
