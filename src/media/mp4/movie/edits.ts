import { findInner, type InnerBox, innerBoxes, readLong, tableOf, VERSION_BYTES } from './inner-boxes.js'
import { ensure } from './known-form.js'

/** Version and flags, times of two kinds, and then the clock, in a box `mvhd` or `mdhd` (ISO/IEC 14496-12, 8.2.2, 8.4.2). */
export interface Clock {
  readonly ticksPerSec: number
  readonly durationTicks: number
}

/** @throws UnknownForm when the clock does not run, or says no length */
export function readClock(box: Buffer): Clock {
  ensure(box.length >= 20, 'a box that is cut off')
  const version = box.readUInt8(0)
  ensure(version <= 1, 'a clock of another version')
  const at = version === 0 ? 12 : 20
  ensure(box.length >= at + 12, 'a box that is cut off')
  const ticksPerSec = box.readUInt32BE(at)
  const durationTicks = version === 0 ? box.readUInt32BE(at + 4) : readLong(box, at + 4)
  ensure(ticksPerSec > 0 && durationTicks > 0, 'a clock that does not run')
  return { ticksPerSec, durationTicks }
}

/** The stretch of a track that is played, in ticks of the track. */
export interface Edit {
  readonly startTicks: number
  readonly lengthTicks: number
}

const NORMAL_SPEED = 0x1_00_00

/**
 * Reads the edit list of a track (8.6.6).
 * @returns null when the track has none, and is played as it is
 * @throws UnknownForm when it is more than one stretch at normal speed from the start of the film
 */
export function readEdit(trak: readonly InnerBox[], movie: Clock, track: Clock): Edit | null {
  const edts = findInner(trak, 'edts')
  const box = edts && findInner(innerBoxes(edts), 'elst')
  if (!box) return null
  const head = VERSION_BYTES + 4
  ensure(box.length >= head, 'a box that is cut off')
  const [version, rows] = [box.readUInt8(0), box.readUInt32BE(VERSION_BYTES)]
  ensure(version <= 1 && rows === 1, 'several edits')
  const table = tableOf(box, { rows, columns: version === 0 ? 3 : 5, start: head })
  const lengthTicks = version === 0 ? table.at(0, 0) : readLong(box, head)
  const startTicks = version === 0 ? table.at(0, 1) : readLong(box, head + 8)
  // -1 stands for a pause before the track. As a number without a sign it is too large.
  ensure(startTicks <= MAX_TICKS, 'a pause')
  ensure(table.at(0, version === 0 ? 2 : 4) === NORMAL_SPEED, 'another speed')
  return { startTicks, lengthTicks: Math.round((lengthTicks * track.ticksPerSec) / movie.ticksPerSec) }
}

const MAX_TICKS = 0x7f_ff_ff_ff
