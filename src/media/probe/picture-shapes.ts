import { toNumber } from '../../plan/frames/rational.js'
import { lookArgs } from '../../plan/inputs/source-limits.js'
import type { MediaFacts, VideoFacts } from '../../plan/model/facts.js'
import { createLineReader } from '../process/line-reader.js'
import { runMediaProcess } from '../process/spawn-media.js'
import { aspect, displayedSize } from './displayed-size.js'
import { PROBE_ALLOWLIST } from './probe.js'

/** Codecs that change the size of the picture at a key frame, as calls, broadcasts and joined recordings do. */
const CHANGING = ['vp8', 'vp9', 'av1', 'h264', 'hevc', 'mpeg1video', 'mpeg2video', 'h263', 'flv1']

/** What is decoded at most, and how many key frames at least and at most. */
const MAX_MEGAPIXELS = 60
const MIN_SAMPLES = 8
const MAX_SAMPLES = 48

interface Sampled extends Pick<MediaFacts, 'beginsLate'> {
  readonly path: string
  readonly video: VideoFacts
  /** At most so many times of key frames, evenly chosen; seconds on the file's clock. */
  readonly spread: (most: number) => readonly number[]
  /** A seek lands on the key frame itself. */
  readonly isIndexed: boolean
  readonly signal: AbortSignal
}

/** A picture as it is stored. */
type Shape = Pick<VideoFacts, 'codedWidth' | 'codedHeight' | 'sampleAspect'>

type Shaped = Shape & Pick<VideoFacts, 'width' | 'height' | 'otherSizes' | 'changesAspectOnly'>

/**
 * Looks at key frames from all over a file. Where the picture changes its size or shape on the way, that which it has
 * for the longest time is the one that counts. null: it does not change, or cannot be sampled.
 */
export async function sampleShapes(ffprobePath: string, sampled: Sampled): Promise<Shaped | null> {
  const { video, spread } = sampled
  if (!CHANGING.includes(video.codec)) return null
  const megapixels = (video.codedWidth * video.codedHeight) / 1e6
  const most = Math.min(MAX_SAMPLES, Math.max(MIN_SAMPLES, Math.floor(MAX_MEGAPIXELS / megapixels)))
  const timesSec = spread(most)
  if (timesSec.length < 2) return null
  return chooseShape(video, await readShapes(ffprobePath, sampled, timesSec))
}

/**
 * Where seeks aim, in seconds from the time of a key frame, and how many packets are read from there. With an index: a
 * little behind, since containers round times. Without one a seek goes by the times of decoding, in which a key frame is
 * early, and lands on any packet.
 */
const AIMS = { indexed: { offsetSec: 0.002, packets: 1 }, sought: { offsetSec: -0.5, packets: 90 } } as const

interface Sample {
  readonly sec: number
  readonly shape: Shape
}

async function readShapes(
  ffprobePath: string,
  sampled: Sampled,
  timesSec: readonly number[],
): Promise<Sample[]> {
  const { path, video, isIndexed, signal } = sampled
  const samples = new Map<number, Sample>()
  const { offsetSec, packets } = isIndexed ? AIMS.indexed : AIMS.sought
  const intervals = timesSec.map((sec) => `${(sec + offsetSec).toFixed(3)}%+#${packets}`)
  const lines = createLineReader((line) => {
    const [time = '', width, height, ratio] = line.split(',')
    const [sec, codedWidth, codedHeight] = [Number.parseFloat(time), Number(width), Number(height)]
    if (!Number.isFinite(sec) || !codedWidth || !codedHeight) return
    samples.set(sec, { sec, shape: { codedWidth, codedHeight, sampleAspect: aspect(ratio) } })
  })
  await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'quiet', '-hide_banner'],
      ...PROBE_ALLOWLIST,
      ...lookArgs(sampled),
      ...['-skip_frame', 'nokey', '-select_streams', String(video.index)],
      ...['-read_intervals', intervals.join(',')],
      ...['-show_entries', 'frame=pts_time,width,height,sample_aspect_ratio', '-print_format', 'csv=p=0'],
      `file:${path}`,
    ],
    cwd: '/',
    signal,
    onStdout: lines.read,
  })
  lines.end()
  return [...samples.values()].sort((a, b) => a.sec - b.sec)
}

/** @param samples ascending; each holds until the next */
export function chooseShape(video: VideoFacts, samples: readonly Sample[]): Shaped | null {
  const endSec = video.startSec + video.durationSec
  const lengths = new Map<string, { readonly shape: Shape; sec: number }>()
  for (const [index, { sec, shape }] of samples.entries()) {
    const key = nameOf(shape)
    const known = lengths.get(key) ?? { shape, sec: 0 }
    known.sec += Math.max(0, (samples[index + 1]?.sec ?? Math.max(endSec, sec)) - sec)
    lengths.set(key, known)
  }
  const [main, ...others] = [...lengths.values()].sort((a, b) => b.sec - a.sec).map(({ shape }) => shape)
  if (!main || others.length === 0) return null
  const isSameStored = others.every(
    (shape) => shape.codedWidth === main.codedWidth && shape.codedHeight === main.codedHeight,
  )
  return {
    ...main,
    ...sizeOf(main, video),
    otherSizes: others.map((shape) => sizeOf(shape, video)),
    ...(isSameStored ? { changesAspectOnly: true } : {}),
  }
}

function nameOf({ codedWidth, codedHeight, sampleAspect }: Shape): string {
  return `${codedWidth}x${codedHeight} ${toNumber(sampleAspect).toFixed(4)}`
}

function sizeOf({ codedWidth, codedHeight, sampleAspect }: Shape, { rotation }: VideoFacts) {
  return displayedSize({ width: codedWidth, height: codedHeight }, sampleAspect, rotation)
}
