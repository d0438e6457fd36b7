import { formatRational } from '../frames/rational.js'
import { SAMPLE_RATE } from '../frames/sound-grid.js'
import { serialiseGraph } from '../graph/serialise-graph.js'
import { isPictureCoding, soundPads } from '../model/encode.js'
import type { CodedSound, Encode, Pass } from '../model/plan.js'
import { outputName } from '../model/work-files.js'
import { additionArgs, additionCount, additionInputs } from './addition-args.js'
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
  const graph = [...pass.graph, ...pass.encodes.flatMap(({ video }) => (video && taggingNode(video)) ?? [])]
  return [
    ...(threads === null ? [] : ['-filter_complex_threads', String(threads)]),
    ...pass.inputs.flatMap((input, index) => [...threadArgs(threads), ...inputArgs(input, index)]),
    ...pass.encodes.flatMap(({ additions }) => (additions ? additionInputs(additions) : [])),
    // Sound that is copied alone needs no filter.
    ...(graph.length > 0 ? ['-filter_complex', serialiseGraph(graph)] : []),
    ...pass.encodes.flatMap((encode, index) => [
      ...encodeArgs(encode, threads, firstAddition(pass, index)),
      `file:${outputFiles[index] ?? outputName(encode, index)}`,
    ]),
  ]
}

/** Number of the first input that has additions of an encode. */
function firstAddition({ inputs, encodes }: Pass, index: number): number {
  const earlier = encodes.slice(0, index).map(({ additions }) => additionCount(additions))
  return earlier.reduce((sum, count) => sum + count, inputs.length)
}

function encodeArgs(encode: Encode, threads: number | null, firstAdded: number): string[] {
  const { video, audio, container, isPart, expected, additions } = encode
  const rate = expected.picture?.frameRate
  return [
    ...(video ? ['-map', `[${taggedPad(video)}]`] : []),
    ...soundPads(audio).flatMap((pad) => ['-map', `[${pad}]`]),
    ...(audio?.copiedFrom === undefined ? [] : ['-map', `${audio.copiedFrom}:0`]),
    // From 7.0 to 7.1 no rate comes out of the filter `setpts`, and ffmpeg would take 25 frames a second.
    ...(video && rate && !isPictureCoding(video.coding) ? ['-r', formatRational(rate)] : []),
    ...(video ? videoArgs(video.coding, container, threads) : []),
    ...(audio ? soundArgs(audio) : []),
    ...(additions && container !== 'jpg' ? additionArgs(additions, container, firstAdded) : NO_METADATA),
    ...(isPart ? partArgs(container) : containerArgs(container)),
  ]
}

/** The clock of the movie counts samples, so that sound that is not heard before its start ends exactly there. */
function soundArgs({ coding, copiedFrom }: CodedSound): string[] {
  return copiedFrom === undefined
    ? audioArgs(coding)
    : ['-c:a', 'copy', '-movie_timescale', String(SAMPLE_RATE)]
}

function threadArgs(threads: number | null): string[] {
  return threads === null ? [] : ['-threads', String(threads)]
}
