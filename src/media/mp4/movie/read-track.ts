import { rational } from '../../../plan/frames/rational.js'
import type { VideoFacts } from '../../../plan/model/facts.js'
import { frameRateOf } from '../../probe/media-facts.js'
import type { OutputFacts } from '../../probe/output-facts.js'
import type { Box } from '../boxes.js'
import { type Clock, type Edit, readClock, readEdit } from './edits.js'
import { findInner, type InnerBox, innerBoxes, openInner } from './inner-boxes.js'
import { ensure, known } from './known-form.js'
import { readPictureEntry, readSoundEntry } from './sample-entry.js'
import { requireOwnSamples, requireSamples } from './sample-places.js'
import { beginsWithKey, readShownTimes, readTimes, type SampleTimes } from './sample-times.js'

/** Kinds of tracks beside picture and sound whose contents nobody asks for: subtitles, and titles of chapters. */
const TEXTS = ['text', 'sbtl', 'subt']

/** Tables may contradict each other by this much: ffmpeg's demuxer takes either for right, within its tolerance. */
const ROUNDED_SEC = 0.05

/** What an encoder of sound puts before it, at most. */
const MAX_PRIMING_SEC = 0.1

export interface ReadTrack {
  readonly video: OutputFacts['video']
  /** The codec. */
  readonly sound: string | null
  /** What is played of it; 0 for text. */
  readonly lengthSec: number
}

interface Track {
  readonly trak: readonly InnerBox[]
  readonly stbl: readonly InnerBox[]
  readonly clock: Clock
  readonly edit: Edit | null
  readonly times: SampleTimes
}

/**
 * @param data ranges of the file that hold samples
 * @throws UnknownForm
 */
export function readTrack(trak: Buffer, movie: Clock, data: readonly Box[]): ReadTrack {
  const inside = innerBoxes(trak)
  const mdia = openInner(trak, 'mdia')
  const minf = openInner(mdia, 'minf')
  requireOwnSamples(minf)
  const stbl = innerBoxes(openInner(minf, 'stbl'))
  const clock = readClock(openInner(mdia, 'mdhd'))
  const times = readTimes(stbl)
  requireSamples(stbl, times.samples, data)
  const track: Track = { trak: inside, stbl, clock, times, edit: readEdit(inside, movie, clock) }
  const kind = openInner(mdia, 'hdlr').toString('latin1', 8, 12)
  if (kind === 'vide') return readPicture(track)
  if (kind === 'soun') return readSound(track)
  ensure(TEXTS.includes(kind), `a track of ${kind}`)
  return { video: null, sound: null, lengthSec: 0 }
}

function readPicture(track: Track): ReadTrack {
  const { stbl, clock, edit, times } = track
  const shown = readShownTimes(stbl, times)
  const { startTicks, lengthTicks } = edit ?? { startTicks: 0, lengthTicks: Infinity }
  // Only then is every frame played: ffmpeg's mov_fix_index leaves out others.
  ensure(shown.least === startTicks && shown.first === startTicks, 'a picture that begins elsewhere')
  ensure(shown.most < startTicks + lengthTicks, 'a picture that ends before its last frame')
  ensure(beginsWithKey(stbl), 'a picture that begins without a key frame')
  const lengthSec = playedSec(track, times.ticks)
  const { codec, width, height } = readPictureEntry(stbl)
  requirePlain(track, { width, height })
  const frameRate = readRate(clock, times)
  return { video: { codec, width, height, frameRate, frameCount: times.samples }, sound: null, lengthSec }
}

function readSound(track: Track): ReadTrack {
  const { stbl, clock, edit, times } = track
  const startTicks = edit?.startTicks ?? 0
  ensure(
    startTicks <= MAX_PRIMING_SEC * clock.ticksPerSec && startTicks < times.ticks,
    'sound that begins later',
  )
  ensure(findInner(stbl, 'ctts') === null, 'sound out of order')
  const lengthSec = playedSec(track, times.ticks - startTicks)
  return { video: null, sound: readSoundEntry(stbl), lengthSec }
}

/** Seconds that are played. @throws UnknownForm when the headers state another length than there is */
function playedSec({ clock, edit, times }: Track, availableTicks: number): number {
  const { ticksPerSec, durationTicks } = clock
  const slackTicks = ROUNDED_SEC * ticksPerSec
  const lengthTicks = edit?.lengthTicks ?? availableTicks
  ensure(Math.abs(durationTicks - times.ticks) <= slackTicks, 'a track that states another length')
  ensure(lengthTicks <= availableTicks + slackTicks, 'an edit that is longer than its track')
  return lengthTicks / ticksPerSec
}

/** @throws UnknownForm when the frames are not equally long, or the rate is one that ffmpeg would not take */
function readRate({ ticksPerSec }: Clock, { samples, ticks, eachTicks, lastTicks }: SampleTimes) {
  const each = known(eachTicks, 'frames of different lengths')
  ensure(Math.abs(lastTicks - each) <= ROUNDED_SEC * ticksPerSec, 'a last frame of another length')
  const nominal = rational(ticksPerSec, each)
  const rate = frameRateOf({
    r_frame_rate: `${ticksPerSec}/${each}`,
    avg_frame_rate: `${ticksPerSec * samples}/${ticks}`,
  })
  ensure(rate.num === nominal.num && rate.den === nominal.den, 'an unusual frame rate')
  return rate
}

/** The matrix of a picture that is shown as it is, in the header of the track (ISO/IEC 14496-12, 8.3.2). */
const UPRIGHT = [0x1_00_00, 0, 0, 0, 0x1_00_00, 0, 0, 0, 0x40_00_00_00]

/** Where the matrix is, by the version of the box. The size follows it. */
const MATRIX_AT = [40, 52] as const

/** @throws UnknownForm when the picture is turned, or shown at another size than its own */
function requirePlain({ trak }: Track, { width, height }: Pick<VideoFacts, 'width' | 'height'>): void {
  const box = known(findInner(trak, 'tkhd'), 'no box tkhd')
  const at = known(MATRIX_AT[box[0] ?? -1], 'a header of another version')
  ensure(box.length >= at + 4 * (UPRIGHT.length + 2), 'a box that is cut off')
  const isUpright = UPRIGHT.every((value, index) => box.readUInt32BE(at + 4 * index) === value)
  ensure(isUpright, 'a picture that is turned')
  const shown = [box.readUInt32BE(at + 36), box.readUInt32BE(at + 40)].map((fixed) => fixed / 0x1_00_00)
  ensure(width > 0 && height > 0 && shown[0] === width && shown[1] === height, 'a picture of another size')
}
