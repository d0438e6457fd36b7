import { open } from 'node:fs/promises'
import { AppError, isOutOfResources, outOfResources } from '../../errors.js'
import { LIMIT_ARGS } from '../../plan/inputs/source-limits.js'
import type { MediaFacts } from '../../plan/model/facts.js'
import { classifyExit, overLimits } from '../process/classify-exit.js'
import { withTimeout } from '../process/read-timeout.js'
import { runMediaProcess } from '../process/spawn-media.js'
import { readAsfLength } from './asf-length.js'
import { FORMAT_WHITELIST } from './containers.js'
import { parseProbe } from './ffprobe-output.js'
import { readImageColours } from './image-colours.js'
import { mediaFacts } from './media-facts.js'

/** A file whose header takes longer than this to read is hostile. */
const PROBE_TIMEOUT_MS = 20_000

/** An honest file needs less JSON than this. */
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024

/** Allows only local files of the known containers. For every call of ffprobe. */
export const PROBE_ALLOWLIST = [
  ...['-protocol_whitelist', 'file'],
  ...['-format_whitelist', FORMAT_WHITELIST],
  ...LIMIT_ARGS,
]

/**
 * Tells from its header what a file is.
 * @param path absolute
 * @throws AppError `unsupported-media` for anything but a supported media file, `media-over-limits`,
 *   `out-of-resources`, `ffmpeg-crashed`
 */
export async function probeFile(
  ffprobePath: string,
  path: string,
  signal?: AbortSignal,
): Promise<MediaFacts> {
  const chunks: Buffer[] = []
  let received = 0
  const exit = await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'error'],
      '-hide_banner',
      ...PROBE_ALLOWLIST,
      ...(await demuxerArgs(path)),
      ...['-print_format', 'json'],
      '-show_format',
      '-show_streams',
      `file:${path}`,
    ],
    cwd: '/',
    signal: withTimeout(PROBE_TIMEOUT_MS, signal),
    onStdout: (chunk) => {
      received += chunk.length
      if (received <= MAX_OUTPUT_BYTES) chunks.push(chunk)
    },
  })
  if (exit.signal) throw classifyExit(exit)
  const excess = overLimits(exit)
  if (excess) throw excess
  if (exit.code !== 0 || received > MAX_OUTPUT_BYTES) {
    throw new AppError('unsupported-media', 'The file is not a video, image or audio file, or it is damaged.')
  }
  const { format, streams } = parseProbe(Buffer.concat(chunks).toString('utf8'))
  if (format.format_name !== 'asf' || format.duration !== undefined) {
    return withImageColours(path, mediaFacts({ format, streams }))
  }
  const playSec = await readAsfLength(path)
  return mediaFacts({ format: playSec === null ? format : { ...format, duration: String(playSec) }, streams })
}

async function withImageColours(path: string, facts: MediaFacts): Promise<MediaFacts> {
  const { video, format } = facts
  if (!video) return facts
  return { ...facts, video: { ...video, ...(await readImageColours(path, format)) } }
}

/** The rotation of a photo is in its picture and not in its header. */
const FIRST_FRAME = ['-show_frames', '-read_intervals', '%+#1']

/**
 * Recognises a JPEG by its first bytes. By its name, ffprobe would take `x.jpg` for a numbered series of pictures (the
 * demuxer `image2`, which may open other files).
 */
async function demuxerArgs(path: string): Promise<string[]> {
  try {
    const file = await open(path)
    const { buffer } = await file.read(Buffer.alloc(3), 0, 3, 0).finally(() => file.close())
    return buffer.toString('hex') === 'ffd8ff' ? ['-f', 'jpeg_pipe', ...FIRST_FRAME] : []
  } catch (error) {
    if (isOutOfResources(error)) throw outOfResources(error)
    // There is no such file, or it is a folder: ffprobe refuses it.
    return []
  }
}
