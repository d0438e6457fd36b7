import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import { PART_FORMAT } from '../model/made-formats.js'
import type { Assembly, Copies, FrameClock } from '../model/plan.js'
import { PART_LIST, SOUND_FILE } from '../model/work-files.js'
import { additionArgs, additionInputs } from './addition-args.js'
import { containerArgs, NO_METADATA } from './container-args.js'
import { inputArgs, listArgs, madeFileArgs } from './input-args.js'
import { tagArgs } from './video-args.js'

/** The arguments of ffmpeg for an assembly that runs in its work folder, where its list of parts lies. */
export function assemblyArgv(assembly: Assembly, outputFile: string): string[] {
  const { codec, container, copies, additions } = assembly
  const sound = soundArgs(assembly)
  return [
    ...(copies ? ['-copyts'] : []),
    ...listArgs(PART_FORMAT, PART_LIST),
    ...sound,
    ...(additions ? additionInputs(additions) : []),
    ...['-map', '0:v:0', ...(sound.length > 0 ? ['-map', '1:a'] : [])],
    ...['-c:v', 'copy', '-c:a', 'copy', ...tagArgs(codec, container)],
    ...(copies ? clockArgs(assembly, copies) : []),
    ...(additions ? additionArgs(additions, container, sound.length > 0 ? 2 : 1) : NO_METADATA),
    ...containerArgs(container),
    `file:${outputFile}`,
  ]
}

function soundArgs({ inputs, hasSound, copies }: Assembly): string[] {
  if (copies?.sound) return madeFileArgs(PART_FORMAT, SOUND_FILE)
  const index = inputs.length - (copies ? 2 : 1)
  const sound = hasSound ? inputs[index] : undefined
  return sound ? inputArgs(sound, index) : []
}

/**
 * Parts differ in how far decoding runs ahead, and containers round, so the joined frames get even times. Matroska
 * counts in milliseconds alone, and there is never more than one part for it.
 */
function clockArgs({ container }: Assembly, { pace, sound }: Copies): string[] {
  if (!CONTAINER_TRAITS[container].isIsoMedia) return []
  return [
    ...frameClockArgs(pace),
    ...['-video_track_timescale', String(pace.ticks)],
    ...(sound ? ['-movie_timescale', String(sound.sampleRate)] : []),
  ]
}

function frameClockArgs({ ticksPerFrame, aheadFrames }: FrameClock): string[] {
  const pts = `round(PTS/${ticksPerFrame})*${ticksPerFrame}`
  const dts = `(N-${aheadFrames})*${ticksPerFrame}`
  return ['-bsf:v', `setts=pts=${pts}:dts=${dts}:duration=${ticksPerFrame}`]
}
