import type { VideoFacts } from '../../plan/model/facts.js'
import { type Opening, openingArgs } from '../probe/probe.js'
import { createLineReader } from '../process/line-reader.js'
import { runMediaProcess } from '../process/spawn-media.js'

interface Stream extends Opening {
  readonly path: string
  readonly video: VideoFacts
  /** Times of the first key frames, in the order of the file, on the file's clock. */
  readonly keyFramesSec: readonly number[]
  readonly signal: AbortSignal
}

/** Their key frames begin decoding anew, by definition. */
const SELF_CONTAINED = ['vp8', 'vp9', 'av1']

/** Seeks aim this much behind a key frame, since containers round times. Seconds. */
const LATE_SEC = 0.002

/** Frames that are compared. Some decoders put out key frames alone in another order than that of their times. */
const COMPARED = 3

/**
 * Whether pictures look different when decoding begins at a key frame, and not at the start of the stream. Some decoders
 * need what only the first packets say: the build of the encoder, whose mistakes they know, or parameters.
 */
export async function needsItsStart(ffmpegPath: string, stream: Stream): Promise<boolean> {
  if (stream.keyFramesSec.length < 2 || SELF_CONTAINED.includes(stream.video.codec)) return false
  const keyFrames = await decodeBoth(ffmpegPath, stream, ['-skip_frame', 'nokey'])
  const known = new Set(keyFrames.rewound.values())
  if (keyFrames.sought.size === 0 || [...keyFrames.sought.values()].some((hash) => known.has(hash)))
    return false
  const all = await decodeBoth(ffmpegPath, stream, [])
  return [...all.sought].some(([time, hash]) => (all.rewound.get(time) ?? hash) !== hash)
}

/** Hashes of decoded pictures by their times. */
interface Decoded {
  /** From the start of the stream to the last of the key frames. */
  readonly rewound: ReadonlyMap<string, string>
  /** From that key frame on. */
  readonly sought: ReadonlyMap<string, string>
}

async function decodeBoth(ffmpegPath: string, stream: Stream, options: readonly string[]): Promise<Decoded> {
  const { path, video, keyFramesSec, signal } = stream
  const input = [...openingArgs(stream), ...options, '-i', `file:${path}`]
  const untilSec = (keyFramesSec.at(-1) ?? 0) + LATE_SEC
  const [rewound, sought] = [new Map<string, string>(), new Map<string, string>()]
  const lines = createLineReader((line) => {
    const [, stream, time, hash] = /^(\d), *-?\d+, *(-?\d+),.*, *(\w+)$/.exec(line) ?? []
    if (time !== undefined && hash !== undefined) (stream === '0' ? rewound : sought).set(time, hash)
  })
  await runMediaProcess({
    command: ffmpegPath,
    args: [
      ...['-v', 'error', '-hide_banner', '-nostdin', '-copyts'],
      ...['-to', String(untilSec), ...input],
      ...['-seek_timestamp', '1', '-noaccurate_seek', '-ss', String(untilSec), ...input],
      ...['-map', `0:${video.index}`, '-map', `1:${video.index}`, '-frames:v:1', String(COMPARED)],
      ...['-fps_mode', 'passthrough', '-f', 'framemd5', 'pipe:1'],
    ],
    cwd: '/',
    signal,
    onStdout: lines.read,
  })
  lines.end()
  return { rewound, sought }
}
