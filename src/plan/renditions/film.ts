import type { Container } from '../../edit/containers.js'
import type { Rendition } from '../../edit/resolve-output.js'
import { atFrameRate } from '../at-frame-rate.js'
import type { CompileContext } from '../context.js'
import { fitPicture } from '../fit-picture.js'
import type { GraphBuilder } from '../graph-builder.js'
import type { Encode } from '../plan.js'
import { durationSec, type Timeline } from '../timeline.js'
import { audioCodecOf, audioCoding, filmCoding, videoCodecOf } from './coding.js'
import { frameRateOf } from './frame-rates.js'
import { renditionSize } from './rendition-size.js'
import { soundOf } from './sound.js'

/** Pictures at the rendition's size and frame rate, with sound. */
export function encodeFilm(
  context: CompileContext,
  rendition: Rendition,
  container: Container,
  material: Timeline,
): Encode {
  const { frame_rate: asked } = rendition
  const paced = asked === null ? material : atFrameRate(context.graph, material, frameRateOf(asked))
  const shown = sizePicture(context, rendition, paced)
  const { width, height, frameRate, frameCount } = shown
  const codec = videoCodecOf(rendition, container) ?? 'h264'
  const audioPad = soundOf(context, shown)
  const audioCodec = audioCodecOf(rendition, container)
  const audio = audioPad && audioCodec ? { pad: audioPad, coding: audioCoding(audioCodec, rendition) } : null
  if (!audio) context.findings.warn({ code: 'no-audio', message: 'The video has no sound.' })
  return {
    video: {
      pad: codec === 'h264' ? shown.videoPad : topDown(context.graph, shown.videoPad),
      coding: filmCoding(codec, rendition, shown),
    },
    audio,
    container,
    expected: {
      picture: { width, height, frameRate, frameCount },
      durationSec: durationSec(shown),
      hasAudio: audio !== null,
    },
  }
}

/** `vflip` leaves pictures stored from the bottom up, on which x265 and SVT-AV1 crash or hang: a copy is not. */
function topDown(graph: GraphBuilder, pad: string): string {
  return graph.add('copy', {}, pad)
}

/** The picture at the rendition's size. What rounding to even sides changes of its shape is not seen. */
export function sizePicture(context: CompileContext, rendition: Rendition, timeline: Timeline): Timeline {
  const { width, height } = renditionSize(timeline, rendition)
  const { fit } = rendition
  const isBox = rendition.width !== null && rendition.height !== null
  if (isBox && fit !== 'fit') return fitPicture(context, { width, height, fit, color: 'black' }, timeline)
  if (width === timeline.width && height === timeline.height) return timeline
  const videoPad = context.graph.chain(timeline.videoPad, [
    ['scale', { w: width, h: height }],
    ['setsar', { sar: 1 }],
  ])
  return { ...timeline, width, height, videoPad }
}
