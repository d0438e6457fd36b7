import type { MediaFacts, VideoFacts } from './facts.js'
import type { GraphBuilder } from './graph-builder.js'
import { formatRational, framesToSec, nearestFrame } from './rational.js'
import type { Source } from './sources.js'
import type { ColorSpace, Timeline } from './timeline.js'

/** A range of frames on a source's grid, [start, end). */
export interface FrameWindow {
  readonly start: number
  readonly end: number
}

/** Demuxers with an index, where seeking by time lands before the wanted frame for certain. */
const SEEKABLE = ['mov,mp4,m4a,3gp,3g2,mj2', 'matroska,webm']

/**
 * Seeks aim this share of a frame early, so that a container that rounds its timestamps (Matroska: to
 * milliseconds) cannot make the wanted frame look too old; the `fps` filter then snaps it to slot 0.
 */
const SEEK_MARGIN_FRAMES = 0.25

/** The whole of a source that has video. */
export function wholeSource(facts: MediaFacts, video: VideoFacts): FrameWindow {
  const lead = Math.max(0, video.startSec - facts.startSec)
  return { start: 0, end: Math.max(1, nearestFrame(lead + video.durationSec, video.frameRate)) }
}

/**
 * Opens a source on a constant frame grid, upright, with square pixels, 8 bit 4:2:0 in video range and stereo
 * at 48 kHz: what every operation counts on. ffmpeg itself turns rotated pictures.
 */
export function openSource(
  graph: GraphBuilder,
  source: Source,
  video: VideoFacts,
  window: FrameWindow,
): Timeline {
  const canSeek = window.start > 0 && SEEKABLE.includes(source.facts.format)
  const seekSec = canSeek ? framesToSec(window.start - SEEK_MARGIN_FRAMES, video.frameRate) : 0
  const input = graph.addInput({ key: source.key, format: source.facts.format, seekSec })
  const frameCount = window.end - window.start
  const opened = canSeek ? { start: 0, end: frameCount } : window
  const audio = source.facts.audio[0]
  const cutSec = canSeek
    ? framesToSec(SEEK_MARGIN_FRAMES, video.frameRate)
    : framesToSec(window.start, video.frameRate)
  return {
    videoPad: openVideo(graph, `${input}:${video.index}`, video, opened),
    audioPad: audio ? openAudio(graph, `${input}:${audio.index}`, cutSec) : null,
    width: video.width,
    height: video.height,
    frameRate: video.frameRate,
    frameCount,
    colorSpace: colorSpaceOf(video),
  }
}

function openVideo(graph: GraphBuilder, pad: string, video: VideoFacts, window: FrameWindow): string {
  const gridded = graph.chain(pad, [
    ['fps', { fps: formatRational(video.frameRate), start_time: 0, round: 'near' }],
    // A last frame that the container counts and the decoder lacks by rounding is shown again; a source that
    // lacks more comes out short, which the check of the result reports.
    ['tpad', { stop: 2, stop_mode: 'clone' }],
    ['trim', { start_frame: window.start, end_frame: window.end }],
    ['setpts', { expr: 'PTS-STARTPTS' }],
  ])
  const isFullRange = video.colorRange === 'pc' || video.pixelFormat.startsWith('yuvj')
  const hasSquarePixels = video.sampleAspect.num === video.sampleAspect.den
  const scaled =
    isFullRange || !hasSquarePixels
      ? graph.add('scale', { w: video.width, h: video.height, out_range: 'tv' }, gridded)
      : gridded
  return graph.chain(scaled, [
    ['setsar', { sar: 1 }],
    ['format', { pix_fmts: 'yuv420p' }],
  ])
}

/** Sound from `cutSec` of the opened input on: gaps filled, drift corrected, nothing before 0. */
function openAudio(graph: GraphBuilder, pad: string, cutSec: number): string {
  return graph.chain(pad, [
    ['aresample', { osr: 48_000, async: 1, first_pts: 0 }],
    ['aformat', { sample_fmts: 'fltp', sample_rates: 48_000, channel_layouts: 'stereo' }],
    ['atrim', { start: cutSec }],
    ['asetpts', { expr: 'PTS-STARTPTS' }],
  ])
}

/** Untagged pictures are read as players read them: HD as BT.709, smaller ones as BT.601. */
function colorSpaceOf({ colorSpace, width, height }: VideoFacts): ColorSpace {
  if (colorSpace === 'bt709') return 'bt709'
  if (colorSpace === 'smpte170m' || colorSpace === 'bt470bg') return 'smpte170m'
  return Math.max(width, height) >= 1280 || Math.min(width, height) >= 720 ? 'bt709' : 'smpte170m'
}
