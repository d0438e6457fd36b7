import type { AudioChoice } from '../../edit/fields/audio-choice.js'
import { type FrameWindow, lengthOf, shift } from '../frames/frame-window.js'
import {
  firstFrameFrom,
  formatRational,
  framesToSec,
  lastFrameUntil,
  nearestFrame,
} from '../frames/rational.js'
import { regrid } from '../frames/regrid.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import type { AudioFacts, MediaFacts, Rational, VideoFacts } from '../model/facts.js'
import type { Source } from '../model/sources.js'
import { chosenTrack } from './audio-track.js'
import { colourFilters } from './colour-filters.js'
import { countFrom } from './count-from.js'
import { openAudio } from './open-audio.js'
import { type PictureForm, standardForm } from './picture-form.js'
import { pictureInput } from './picture-input.js'
import { heldUntilSec } from './still-picture.js'

/** Demuxers that have an index, so that seeking by time always lands before the wanted frame. */
const SEEKABLE = ['mov,mp4,m4a,3gp,3g2,mj2', 'matroska,webm']

export function canSeek({ format }: MediaFacts): boolean {
  return SEEKABLE.includes(format)
}

/** Seeks aim this many frames early, since containers round the times of frames. */
const SEEK_MARGIN_FRAMES = 0.5

/**
 * Sound encoders need a run-up (AAC: 1024 to 2112 samples), by which the picture of a Matroska or MPEG-TS file starts
 * late. This much is cut off the sound. If the picture starts later than that, its first frame is shown until then.
 */
export const RUN_UP_SEC = 0.05

/** The frame grid of a source: frame n is shown at originSec + n / frameRate of the file's clock. */
interface Grid {
  /** Seconds on the file's clock. The first frame of the file lies on the grid. */
  readonly originSec: number
  /** Frames of the grid before the file's first frame. */
  readonly leadFrames: number
}

function gridOf(facts: MediaFacts, video: VideoFacts): Grid {
  const leadSec = Math.max(0, video.startSec - facts.startSec)
  const leadFrames = leadSec <= RUN_UP_SEC ? 0 : lastFrameUntil(leadSec, video.frameRate)
  return { originSec: video.startSec - framesToSec(leadFrames, video.frameRate), leadFrames }
}

/** When a frame of the grid is shown, in seconds on the file's clock. */
export function momentOf(facts: MediaFacts, video: VideoFacts, frame: number): number {
  return gridOf(facts, video).originSec + framesToSec(frame, video.frameRate)
}

/** All frames of a source, on its grid. */
export function wholeVideo(facts: MediaFacts, video: VideoFacts): FrameWindow {
  const frames = Math.max(1, nearestFrame(video.durationSec, video.frameRate))
  const heldSec = heldUntilSec(facts, video)
  if (heldSec !== null) return { start: 0, end: firstFrameFrom(heldSec, video.frameRate) }
  return { start: 0, end: gridOf(facts, video).leadFrames + frames }
}

interface Opening {
  readonly video: VideoFacts
  /** The frames of the source that become the material. */
  readonly window: FrameWindow
  /** The track to open; null: none. Absent: the track that players choose. */
  readonly audio?: AudioFacts | null
  /** How more than two channels are mixed. */
  readonly downmix?: AudioChoice['downmix']
  /** Absent: 8 bits and standard range. */
  readonly form?: PictureForm
  /** The frames of the window that are needed, without sound; null: all, with sound. */
  readonly wanted?: FrameWindow | null
}

/**
 * Opens a source as every operation expects it: on a constant frame grid, upright, with square pixels, as 4:2:0 in video
 * range with sound at 48 kHz. ffmpeg itself turns rotated pictures.
 */
export function openVideo(graph: GraphBuilder, source: Source, opening: Opening): Timeline {
  const { video, window, downmix, wanted = null } = opening
  const { audio = chosenTrack(source.facts.audio, null), form = standardForm(video) } = opening
  const frameCount = lengthOf(window)
  const delivered = wanted ?? { start: 0, end: frameCount }
  const { frameRate } = video
  const { start, end } = shift(delivered, window.start)
  const { originSec } = gridOf(source.facts, video)
  const startSec = originSec + framesToSec(start, frameRate)
  const isSought = start > 0 && canSeekTo(startSec, source.facts, video)
  const marginSec = framesToSec(SEEK_MARGIN_FRAMES, frameRate)
  const input = graph.addInput(pictureInput(source, video, isSought ? startSec - marginSec : 0))
  const opened = isSought
    ? { start: 0, end: end - start, zeroSec: startSec }
    : { start, end, zeroSec: originSec }
  const gridded = onGrid(graph, `${input}:${video.index}`, {
    ...opened,
    frameRate,
    clock: video,
    first: delivered.start,
  })
  return {
    videoPad: graph.chain(gridded, pictureFilters(video, form)),
    audioPad:
      audio && !wanted ? openAudio(graph, source, { audio, fromSec: startSec, input, downmix }) : null,
    mayClip: downmix === 'dialogue',
    width: video.width,
    height: video.height,
    frameRate,
    frameCount,
    delivered,
    colorSpace: form.colorSpace,
  }
}

/** Whether frames from a moment on can be had without those before it: a seek past the last frame finds none. */
function canSeekTo(sec: number, facts: MediaFacts, video: VideoFacts): boolean {
  return (
    canSeek(facts) &&
    !video.jumps &&
    !video.needsStart &&
    heldUntilSec(facts, video) === null &&
    sec <= (video.lastFrameSec ?? Infinity)
  )
}

interface GridWindow extends FrameWindow {
  readonly frameRate: Rational
  /** When frame 0 of the grid is shown, in seconds on the file's clock. */
  readonly zeroSec: number
  readonly clock: Pick<VideoFacts, 'jumps'>
  /** The frame at whose time the window's first frame is shown. */
  readonly first: number
}

/** The frames [start, end) of the grid. */
function onGrid(
  graph: GraphBuilder,
  pad: string,
  { start, end, frameRate, zeroSec, first, clock }: GridWindow,
): string {
  return graph.chain(pad, [
    ...countFrom(zeroSec, clock),
    ['fps', { fps: formatRational(frameRate), start_time: 0, round: 'near' }],
    // The last frame is held where the decoder has no frame left: by rounding, after a still picture, or by damage,
    // which src/media/decoding/judge-decode.ts reports.
    ['tpad', { stop: -1, stop_mode: 'clone' }],
    ['trim', { start_frame: start, end_frame: end }],
    ...regrid({ frameRate }, first),
  ])
}

function pictureFilters(video: VideoFacts, form: PictureForm): FilterCall[] {
  return [...colourFilters(video, form), ['setsar', { sar: 1 }], ['format', { pix_fmts: form.pixelFormat }]]
}
