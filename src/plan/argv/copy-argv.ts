import { formatNumber } from '../graph/format-number.js'
import type { Assembly, CopiedPictures, CopiedSound, Copies, PassInput } from '../model/plan.js'
import { SOUND_FILE } from '../model/work-files.js'
import { NO_METADATA, partArgs } from './container-args.js'
import { copiedInputArgs } from './input-args.js'

/** A run of ffmpeg that copies into the work folder what an assembly then joins. */
export interface CopyRun {
  readonly argv: readonly string[]
  readonly durationSec: number
}

/** The copies of an assembly, in any order. */
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
      ? [
          {
            argv: copySoundArgv(source, sound, { index: copies.input, file: SOUND_FILE }),
            durationSec: sound.endSec - sound.startSec,
          },
        ]
      : []),
  ]
}

/** Copies a number of frames, from the first key frame that is not shown before the wanted moment: times are rounded. */
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

/** Times are those of the source. In the file the sound begins at 0, and what lies before is decoded but not heard. */
export function copySoundArgv(
  source: PassInput,
  sound: CopiedSound,
  { index, file }: { readonly index: number; readonly file: string },
): string[] {
  const { stream, sampleRate, seekSec, startSec, endSec } = sound
  return [
    '-copyts',
    ...copiedInputArgs(source, index, seekSec),
    ...['-map', `0:${stream}`, '-c', 'copy', ...(seekSec === 0 ? [] : ['-copypriorss', '0'])],
    ...['-to', formatNumber(endSec), '-output_ts_offset', formatNumber(-startSec)],
    ...['-movie_timescale', String(sampleRate)],
    ...NO_METADATA,
    ...partArgs('mp4'),
    `file:${file}`,
  ]
}
