import { formatRational } from '../frames/rational.js'
import { serialiseGraph } from '../graph/serialise-graph.js'
import type { Encode, Pass } from '../model/plan.js'
import { outputName } from '../model/work-files.js'
import { audioArgs } from './audio-args.js'
import { taggedPad, taggingNode } from './colour-tags.js'
import { containerArgs, NO_METADATA, partArgs } from './container-args.js'
import { inputArgs } from './input-args.js'
import { videoArgs } from './video-args.js'

/**
 * The arguments of ffmpeg for a pass that runs in its work folder. They hold no host path and no text of a user.
 * @param outputFiles names for the files of the pass's encodes; absent ones have their usual name
 */
export function passArgv(pass: Pass, outputFiles: readonly string[]): string[] {
  const { threads } = pass
  return [
    ...(threads === null ? [] : ['-filter_complex_threads', String(threads)]),
    ...pass.inputs.flatMap((input, index) => [...threadArgs(threads), ...inputArgs(input, index)]),
    '-filter_complex',
    serialiseGraph([
      ...pass.graph,
      ...pass.encodes.flatMap(({ video }) => (video && taggingNode(video)) ?? []),
    ]),
    ...pass.encodes.flatMap((encode, index) => [
      ...encodeArgs(encode, threads),
      `file:${outputFiles[index] ?? outputName(encode, index)}`,
    ]),
  ]
}

function encodeArgs(encode: Encode, threads: number | null): string[] {
  const { video, audio, container, isPart, expected } = encode
  const rate = expected.picture?.frameRate
  return [
    ...(video ? ['-map', `[${taggedPad(video)}]`] : []),
    ...(audio ? ['-map', `[${audio.pad}]`] : []),
    // From 7.0 to 7.1 no rate comes out of the filter `setpts`, and ffmpeg would take 25 frames a second.
    ...(video && rate && video.coding.codec !== 'jpeg' ? ['-r', formatRational(rate)] : []),
    ...(video ? videoArgs(video.coding, container, threads) : []),
    ...(audio ? audioArgs(audio.coding) : []),
    ...NO_METADATA,
    ...(isPart ? partArgs(container) : containerArgs(container)),
  ]
}

function threadArgs(threads: number | null): string[] {
  return threads === null ? [] : ['-threads', String(threads)]
}
