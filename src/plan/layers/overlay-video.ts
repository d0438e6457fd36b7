import type { VideoOverlay } from '../../edit/operations/overlay.js'
import type { CompileContext } from '../context.js'
import { type FrameWindow, isEmpty } from '../frames/frame-window.js'
import type { Timeline } from '../frames/timeline.js'
import { chosenTrack } from '../inputs/audio-track.js'
import { assetWarnings } from '../inputs/sound-remarks.js'
import type { AudioFacts } from '../model/facts.js'
import { findPictureAsset, type PictureAsset } from './find-asset.js'
import { clipLength, layPicture } from './lay-picture.js'
import { laySound } from './lay-sound.js'
import { overlayFade } from './overlay-fade.js'
import { fitsLoop, shownSize } from './shown-size.js'

/** Lays a clip over the picture. It begins with its window and runs on the picture's frame grid. */
export function overlayVideo(
  context: CompileContext,
  op: VideoOverlay,
  timeline: Timeline,
  window: FrameWindow,
): Timeline {
  const clip = findPictureAsset(context, 'content', op.content, 'video')
  const size = clip && shownSize(context, op, timeline, clip)
  const audio = clip && clipAudio(context, op, clip)
  if (!size || isEmpty(window)) return timeline
  const visible = op.at_end === 'hide' ? untilEnd(window, clip, timeline) : window
  const { opacity, rotation } = op
  const shown = { size, rotation, window: visible }
  if (op.at_end === 'loop' && !fitsLoop(context, { ...shown, clip, field: 'at_end' }, timeline))
    return timeline
  const fade = overlayFade(context, op, visible, timeline)
  const laid = layPicture(
    context,
    clip,
    { ...shown, placement: op, opacity, fade, atEnd: op.at_end },
    timeline,
  )
  if (!audio || op.audio === 'drop') return laid.timeline
  for (const warning of assetWarnings(op.content, audio, context.graph.layout)) context.findings.warn(warning)
  return laySound(context.graph, laid.timeline, {
    source: clip,
    input: laid.input,
    audio,
    fromSec: clip.video.startSec,
    window: visible,
    frames: clipLength(clip, timeline),
    isLooped: op.at_end === 'loop',
    mode: op.audio,
    volumeDb: op.volume_db,
    fade,
  })
}

/** The part of the window for which a clip shows that is hidden after its end. */
function untilEnd({ start, end }: FrameWindow, clip: PictureAsset, timeline: Timeline): FrameWindow {
  return { start, end: Math.min(end, start + clipLength(clip, timeline)) }
}

/** The track that is heard; null: none. If one is asked for, that is a mistake. */
function clipAudio(
  { findings, pointer }: CompileContext,
  op: VideoOverlay,
  { facts }: PictureAsset,
): AudioFacts | null {
  if (op.audio === 'drop') return null
  const audio = chosenTrack(facts.audio, null)
  if (!audio) findings.reject(`${pointer}/audio`, `"${op.content}" has no sound`)
  return audio
}
