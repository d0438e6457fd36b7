import { formatNumber } from '../graph/format-number.js'
import type { Assembly, CopiedPictures, CopiedSound, Copies, PassInput } from '../model/plan.js'
import { SOUND_FILE } from '../model/work-files.js'
import { NO_METADATA, partArgs } from './container-args.js'
import { copiedInputArgs } from './input-args.js'

/** A copy that is made in the work folder before an assembly joins it. */
export interface CopyRun {
  readonly argv: readonly string[]
  readonly durationSec: number
}

/** The arguments of ffmpeg for each of the copies of an assembly, in any order. */
export function copyRuns({ copies, inputs }: Assembly): CopyRun[] {
  const source = copies && inputs[copies.input]
  if (!source) return []
  const { pictures, sound, pace } = copies
  return [
    ...pictures.map((stretch) => ({
      argv: picturesArgv(source, copies, stretch),
      durationSec: (stretch.frames * pace.ticksPerFrame) / pace.ticks,
    })),
    ...(sound
      ? [{ argv: soundArgv(source, copies, sound), durationSec: sound.endSec - sound.startSec }]
      : []),
  ]
}

/** From the first key frame that is not shown before the wanted moment on, by count: times are rounded. */
function picturesArgv(source: PassInput, { input, pace }: Copies, stretch: CopiedPictures): string[] {
  return [
    ...copiedInputArgs(source, input, stretch.seekSec),
    ...['-map', `0:${stretch.stream}`, '-c', 'copy', '-copypriorss', '0'],
    ...['-frames:v', String(stretch.frames), '-video_track_timescale', String(pace.ticks)],
    ...NO_METADATA,
    ...partArgs('mp4'),
    `file:${stretch.file}`,
  ]
}

/**
 * Times are those of the source until the file is written: there the sound begins at 0, and what is before that is
 * decoded and not heard.
 */
function soundArgv(source: PassInput, { input }: Copies, sound: CopiedSound): string[] {
  const { stream, sampleRate, seekSec, startSec, endSec } = sound
  return [
    '-copyts',
    ...copiedInputArgs(source, input, seekSec),
    ...['-map', `0:${stream}`, '-c', 'copy', ...(seekSec > 0 ? ['-copypriorss', '0'] : [])],
    ...['-to', formatNumber(endSec), '-output_ts_offset', formatNumber(-startSec)],
    ...['-movie_timescale', String(sampleRate)],
    ...NO_METADATA,
    ...partArgs('mp4'),
    `file:${SOUND_FILE}`,
  ]
}
