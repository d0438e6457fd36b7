import type { Rotation, VideoFacts } from '../../plan/model/facts.js'
import type { Size } from '../../plan/model/size.js'
import type { ProbedStream } from './ffprobe-output.js'

/** What a container asks of players, and ffmpeg does while it decodes: turns, mirrors and cropping. */
type Changes = Pick<VideoFacts, 'isMirrored' | 'isCropped'>

export function changesOf(stream: ProbedStream): Changes {
  const { top, bottom, left, right } = croppingOf(stream)
  return {
    ...(isMirrored(stream) ? { isMirrored: true } : {}),
    ...(top + bottom + left + right > 0 ? { isCropped: true } : {}),
  }
}

/** ffprobe's display matrix rotates counter-clockwise, the older `rotate` tag clockwise. */
export function rotationOf(stream: ProbedStream): Rotation {
  const matrix = stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation
  const clockwise = matrix === undefined ? Number.parseFloat(stream.tags?.['rotate'] ?? '') || 0 : -matrix
  const turn = ((Math.round(clockwise) % 360) + 360) % 360
  return turn === 90 || turn === 180 || turn === 270 ? turn : 0
}

/** A display matrix with a negative determinant turns the picture over. */
function isMirrored({ side_data_list: list = [] }: ProbedStream): boolean {
  const matrix = list.find(({ displaymatrix }) => displaymatrix !== undefined)?.displaymatrix ?? ''
  const rows = matrix.split('\n').flatMap((line) => {
    const numbers = /^[0-9a-f]+:(.*)$/.exec(line)?.[1]
    return numbers === undefined ? [] : [numbers.trim().split(/ +/).map(Number)]
  })
  const [[a = 1, b = 0] = [], [c = 0, d = 1] = []] = rows
  return a * d - b * c < 0
}

function croppingOf({ side_data_list: list = [] }: ProbedStream) {
  const cropping = list.find(({ crop_top }) => crop_top !== undefined)
  const {
    crop_top: top = 0,
    crop_bottom: bottom = 0,
    crop_left: left = 0,
    crop_right: right = 0,
  } = cropping ?? {}
  return { top, bottom, left, right }
}

/** The size of decoded pictures. ffprobe tells of cropping by the container where ffmpeg crops, which is since 7.1. */
export function shownPart(stream: ProbedStream): Partial<Size> {
  const { width, height } = stream
  if (width === undefined || height === undefined) return {}
  const { top, bottom, left, right } = croppingOf(stream)
  return { width: width - left - right, height: height - top - bottom }
}
