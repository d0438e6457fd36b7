import type { Container, VideoCodec } from '../../edit/output/formats.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import type { CompileContext } from '../context.js'
import { atFrameRate } from '../frames/at-frame-rate.js'
import type { FrameWindow } from '../frames/frame-window.js'
import { keepFrames } from '../frames/keep-frames.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'
import type { Coded, FilmCoding } from '../model/plan.js'
import { fitPicture } from '../picture/fit-picture.js'
import { atSize } from '../picture/redraw.js'
import { audioCodecOf, audioCoding, filmCodecOf, filmCoding } from './coding.js'
import { frameRateOf } from './frame-rates.js'
import { renditionSize } from './rendition-size.js'
import { soundOf } from './sound.js'

/** The film of a rendition, at its size and frame rate, with sound. */
export function encodeFilm(
  context: CompileContext,
  rendition: Rendition,
  container: Container,
  material: Timeline,
): Coded {
  const shown = sizePicture(context, rendition, atRenditionRate(context, rendition, material))
  const { width, height, frameRate, frameCount } = shown
  const codec = filmCodecOf(rendition, container)
  const audioPad = soundOf(context, shown)
  const audioCodec = audioCodecOf(rendition, container)
  const furtherPads = (context.furtherSounds ?? []).flatMap(({ audioPad: pad, mayClip = false }) => {
    return soundOf(context, { ...shown, audioPad: pad, mayClip }) ?? []
  })
  const further = furtherPads.length > 0 ? { furtherPads } : {}
  const audio =
    audioPad && audioCodec
      ? { pad: audioPad, coding: audioCoding(audioCodec, rendition, context.graph.layout), ...further }
      : null
  if (!audio) context.findings.warn({ code: 'no-audio', message: 'The video has no sound.' })
  return {
    video: {
      pad: encoderInput(context, codec, shown),
      coding: filmCoding(codec, rendition, { timeline: shown, staticHdr: context.staticHdr }),
    },
    audio,
    container,
    expected: {
      picture: { width, height, frameRate, frameCount },
      durationSec: durationSec(shown),
      hasAudio: audio !== null,
      ...(audio?.furtherPads ? { soundCount: 1 + audio.furtherPads.length } : {}),
    },
  }
}

/** The material at the frame rate that the rendition asks for; without a wish at its own. */
export function atRenditionRate(
  { graph, wanted }: Pick<CompileContext, 'graph' | 'wanted'>,
  { frame_rate: asked }: Rendition,
  material: Timeline,
): Timeline {
  return asked === null ? material : atFrameRate(graph, material, frameRateOf(asked), wanted)
}

/**
 * The picture of only those frames that the context wants, from time 0 on.
 * @param paced these frames of the material, at the rendition's frame rate
 */
export function encodeStretch(
  context: CompileContext & { readonly wanted: FrameWindow },
  rendition: Rendition,
  container: Container,
  paced: Timeline,
): { readonly pad: string; readonly coding: FilmCoding } {
  const { graph, wanted } = context
  const shown = sizePicture(context, rendition, paced)
  const kept = graph.chain(shown.videoPad, keepFrames(wanted, shown, -wanted.start))
  const codec = filmCodecOf(rendition, container)
  return {
    pad: encoderInput(context, codec, { ...shown, videoPad: kept }),
    coding: {
      ...filmCoding(codec, rendition, { timeline: shown, staticHdr: context.staticHdr }),
      stretch: wanted.start === 0 ? 'first' : 'later',
    },
  }
}

/**
 * `vflip` leaves pictures stored from the bottom up, on which x265 and SVT-AV1 crash or hang. A copy is not. What a
 * source in PQ says of its display is untrue of pictures that are mapped, but ffmpeg passes it on since version 7.
 */
function encoderInput({ graph, staticHdr }: CompileContext, codec: VideoCodec, shown: Timeline): string {
  const upright: FilterCall[] = VIDEO_CODEC_TRAITS[codec].readsBottomUp ? [] : [['copy', {}]]
  const untrue = staticHdr && shown.colorSpace !== 'pq' ? STATIC_HDR : []
  const removed = untrue.map((type): FilterCall => ['sidedata', { mode: 'delete', type }])
  return graph.chain(shown.videoPad, [...upright, ...removed])
}

/** ffmpeg's names of what pictures say of their display. */
const STATIC_HDR = ['MASTERING_DISPLAY_METADATA', 'CONTENT_LIGHT_LEVEL', 'DYNAMIC_HDR_PLUS']

/** The picture at the rendition's size. Rounding to even sides changes its shape too little to be seen. */
export function sizePicture(context: CompileContext, rendition: Rendition, timeline: Timeline): Timeline {
  const { width, height } = renditionSize(timeline, rendition)
  const { fit } = rendition
  const isBox = rendition.width !== null && rendition.height !== null
  if (isBox && fit !== 'fit') return fitPicture(context, { width, height, fit, color: 'black' }, timeline)
  if (width === timeline.width && height === timeline.height) return timeline
  const videoPad = atSize(context.graph, timeline, { width, height }, [
    ['scale', { w: width, h: height }],
    ['setsar', { sar: 1 }],
  ])
  return { ...timeline, width, height, videoPad }
}
