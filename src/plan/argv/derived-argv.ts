import { assertNever } from '../../errors.js'
import { serialiseGraph } from '../graph/serialise-graph.js'
import type { DerivedFiles, DerivedPass } from '../model/plan.js'
import { imagePattern } from '../model/work-files.js'
import { inputArgs } from './input-args.js'
import { JPEG_ENCODER, PNG_ENCODER } from './still-encoders.js'

/** Seconds of a segment, which ends at the next key frame. */
const SEGMENT_SEC = 4

/** ffmpeg's `-q:v` of JPEGs: 2 is the best. */
const JPEG_QUANTISER = '3'

/** The arguments of ffmpeg for a derived pass, which runs in its work folder and writes into a folder inside it. */
export function derivedArgv(pass: DerivedPass, outputFolder: string): string[] {
  const { files } = pass
  const inputs = pass.inputs.flatMap(inputArgs)
  switch (files.form) {
    case 'best-image':
      return [...inputs, ...filtered(pass, files.pad), ...jpegs(files.count, outputFolder, 'candidate')]
    case 'images':
      return [...inputs, ...filtered(pass, files.pad), ...jpegs(files.count, outputFolder, files.stem)]
    case 'image':
      return [
        ...inputs,
        ...filtered(pass, files.pad),
        ...['-frames:v', '1', '-c:v', PNG_ENCODER],
        ...['-f', 'image2', '-update', '1', `file:${outputFolder}/image.png`],
      ]
    case 'segments':
      return [...inputs, ...segments(pass.inputs.length, files), `file:${outputFolder}/manifest.mpd`]
    default:
      return assertNever(files)
  }
}

function filtered({ graph }: DerivedPass, pad: string): string[] {
  return ['-filter_complex', serialiseGraph(graph), '-map', `[${pad}]`]
}

function jpegs(count: number, folder: string, stem: string): string[] {
  return [
    ...['-fps_mode', 'passthrough', '-frames:v', String(count), '-c:v', JPEG_ENCODER, '-q:v', JPEG_QUANTISER],
    ...['-f', 'image2', `file:${folder}/${imagePattern(stem)}`],
  ]
}

/** One set of CMAF segments (ISO/IEC 23000-19) for both manifests, with one track per file. */
function segments(
  renditions: number,
  { hasAudio, aspect, sets: groups, sounds = [] }: Extract<DerivedFiles, { form: 'segments' }>,
): string[] {
  const videos = Array.from({ length: renditions }, (_, index) => ['-map', `${index}:v:0`]).flat()
  const shape = ['-aspect:v', `${aspect.width}:${aspect.height}`]
  const streams = [
    ...(groups?.map((group) => group.join(',')) ?? ['v']),
    ...soundSets(renditions, hasAudio, sounds.length),
  ]
  const sets = streams.map((list, index) => `id=${index},streams=${list}`).join(' ')
  return [
    ...videos,
    ...(hasAudio ? ['-map', sounds.length > 1 ? '0:a' : '0:a:0'] : []),
    ...shape,
    ...['-map_metadata', '-1', '-c', 'copy', '-f', 'dash', '-seg_duration', String(SEGMENT_SEC)],
    // By itself ffmpeg takes WebM for VP9 and Opus. FLAC in MP4 counts as experimental before ffmpeg 6.1.
    ...['-dash_segment_type', 'mp4', '-strict', 'experimental'],
    ...['-use_template', '1', '-use_timeline', '1', '-adaptation_sets', sets, '-hls_playlist', '1'],
    ...['-init_seg_name', 'init-$RepresentationID$.mp4'],
    ...['-media_seg_name', 'segment-$RepresentationID$-$Number%05d$.m4s'],
  ]
}

/** Streams of the sets of sound: each track has its own, since players choose one. */
function soundSets(renditions: number, hasAudio: boolean, count: number): string[] {
  if (count > 1) return Array.from({ length: count }, (_, index) => String(renditions + index))
  return hasAudio ? ['a'] : []
}
