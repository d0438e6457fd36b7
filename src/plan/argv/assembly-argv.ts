import { PART_LIST } from '../chunks/assembly.js'
import type { Assembly } from '../plan.js'
import { containerArgs, NO_METADATA } from './container-args.js'
import { inputArgs } from './input-args.js'
import { tagArgs } from './video-args.js'

/** The arguments of ffmpeg for an assembly that runs in its work folder, where its list of parts lies. */
export function assemblyArgv(assembly: Assembly, outputFile: string): string[] {
  const { inputs, codec, hasSound, container } = assembly
  const sound = hasSound ? inputs.at(-1) : undefined
  const formats = ['concat', ...new Set(inputs.map(({ format }) => format))].join(',')
  return [
    ...['-protocol_whitelist', 'file', '-format_whitelist', formats, '-f', 'concat'],
    // All parts were coded alike, so that the header of the first holds for all.
    ...['-auto_convert', '0', '-i', `file:${PART_LIST}`],
    ...(sound ? inputArgs(sound, inputs.length - 1) : []),
    ...['-map', '0:v:0', ...(sound ? ['-map', '1:a:0'] : [])],
    ...['-c', 'copy', ...tagArgs(codec, container)],
    ...NO_METADATA,
    ...containerArgs(container),
    `file:${outputFile}`,
  ]
}
