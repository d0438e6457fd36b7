import { rational, toNumber } from '../../plan/frames/rational.js'
import type { Rational, VideoFacts } from '../../plan/model/facts.js'
import { MIN_NOMINAL_RATE, STILL_FRAME_RATE } from '../probe/media-facts.js'
import type { FrameSpacing } from './frame-spacing.js'

/** Rates that cameras, players and encoders know, in frames per second. */
const STANDARD_RATES: readonly Rational[] = [
  ...[
    [24_000, 1001],
    [30_000, 1001],
    [60_000, 1001],
    [120_000, 1001],
  ],
  ...[5, 10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120].map((rate) => [rate, 1]),
].map(([num = 0, den = 1]) => rational(num, den))

/** A rate is a standard one when it differs by less than this share: 24 and 24000/1001 differ by 0.001. */
const SNAP_SHARE = 0.004

/** A rate above this is a timebase or a mistake. Frames per second. */
const MAX_RATE = 120

/** Spacings within this share of the commonest one are the same, with the noise of a clock. */
const SAME_SHARE = 0.2

/** More frames than this share must have the commonest spacing to make it the rate. */
const MOST = 0.5

/** Frames per second of a usual display. */
const DISPLAY_RATE = 60

/** A share of frames that may fall together with another one. */
const FEW_LOST = 0.005

/** A rate is constant when at least this share of the frames, or of the time, keeps to it. */
const CONSTANT = 0.98

/** Spacings that differ by less than this from the header's are rounded, at worst to milliseconds. Seconds. */
const ROUNDING_SEC = 0.0011

type Rate = Pick<VideoFacts, 'frameRate' | 'isVariableRate'>

/**
 * The constant rate at which a picture is edited. A header that agrees with the packets is right to the last digit;
 * otherwise it is the rate that most frames have, and where there is none, the lowest one that shows all frames. Packets
 * of which some have no time can only agree with the header.
 */
export function chooseRate(header: Rate, spacing: FrameSpacing): Rate {
  const { spacings, count, untimed } = spacing
  if (count <= 1) return { ...header, isVariableRate: false }
  if (count < 3 || spacings.size === 0) return header
  const headerSec = 1 / toNumber(header.frameRate)
  const total = sum([...spacings.values()])
  const regular = sumWhere(spacings, (sec) => Math.abs(sec - headerSec) <= ROUNDING_SEC)
  if (!header.isVariableRate && regular >= CONSTANT * total) return header
  const periodSec = commonPeriod(spacings, total)
  if (untimed > 0) {
    const isHeaders = periodSec !== null && Math.abs(periodSec - headerSec) <= ROUNDING_SEC
    return isHeaders ? { ...header, isVariableRate: false } : header
  }
  if (periodSec === null) return { frameRate: lossless(spacing), isVariableRate: true }
  if (1 / periodSec < MIN_NOMINAL_RATE) return { frameRate: STILL_FRAME_RATE, isVariableRate: true }
  const regularSec = periodSec * sumWhere(spacings, (sec) => Math.abs(sec - periodSec) <= ROUNDING_SEC)
  const totalSec = sum([...spacings].map(([sec, times]) => sec * times))
  const isVariableRate = regularSec < CONSTANT * totalSec
  return { frameRate: named(1 / periodSec, header.frameRate), isVariableRate }
}

/** Mean of the spacings that are like the commonest; null: fewer than half of them are. */
function commonPeriod(spacings: ReadonlyMap<number, number>, total: number): number | null {
  const medianSec = median(spacings, total)
  const isSame = (sec: number) => Math.abs(sec - medianSec) <= SAME_SHARE * medianSec
  const same = [...spacings].filter(([sec]) => isSame(sec))
  const times = sum(same.map(([, often]) => often))
  const periodSec = sum(same.map(([sec, often]) => sec * often)) / times
  return times > MOST * total && 1 / periodSec <= MAX_RATE ? periodSec : null
}

function median(spacings: ReadonlyMap<number, number>, total: number): number {
  let seen = 0
  for (const [sec, times] of [...spacings].sort(([a], [b]) => a - b)) {
    seen += times
    if (seen * 2 >= total) return sec
  }
  return 0
}

/** The lowest candidate that shows nearly all frames, if possible at their times; else that of a usual display. */
function lossless({ grids, count }: FrameSpacing): Rational {
  const few = FEW_LOST * count
  const complete = grids.filter(({ lost }) => lost <= few)
  const found = complete.find(({ rate, moved }) => rate <= DISPLAY_RATE && moved <= few) ?? complete[0]
  return named(Math.min(DISPLAY_RATE, found?.rate ?? DISPLAY_RATE), null)
}

/** The header's rate or a standard one where it is the same, else the measured one. */
function named(rate: number, header: Rational | null): Rational {
  const distance = (known: Rational) => Math.abs(toNumber(known) - rate) / rate
  const nearest = STANDARD_RATES.reduce((a, b) => (distance(b) < distance(a) ? b : a))
  if (header && distance(header) < Math.min(SNAP_SHARE, distance(nearest) + 0.0005)) return header
  return distance(nearest) < SNAP_SHARE ? nearest : rational(Math.round(rate * 1000), 1000)
}

function sumWhere(spacings: ReadonlyMap<number, number>, holds: (sec: number) => boolean): number {
  return sum([...spacings].filter(([sec]) => holds(sec)).map(([, times]) => times))
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
