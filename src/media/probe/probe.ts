import { open } from 'node:fs/promises'
import { AppError, isOutOfResources, outOfResources } from '../../errors.js'
import { LIMIT_ARGS, lookArgs } from '../../plan/inputs/source-limits.js'
import type { MediaFacts } from '../../plan/model/facts.js'
import { refersToOthers } from '../mp4/external-tracks.js'
import { classifyExit, overLimits, unreadCodec } from '../process/classify-exit.js'
import { withTimeout } from '../process/read-timeout.js'
import { runMediaProcess } from '../process/spawn-media.js'
import { readAsfLength } from './asf-length.js'
import { FORMAT_WHITELIST } from './containers.js'
import { parseProbe, type ProbedFile } from './ffprobe-output.js'
import { readImageColours } from './image-colours.js'
import { readImageTraits } from './image-traits.js'
import { countKnown, mayBeginLate } from './late-tracks.js'
import { mediaFacts } from './media-facts.js'

/** A file whose header takes longer than this to read is hostile. */
const PROBE_TIMEOUT_MS = 20_000

/** ffmpeg's name of MP4 and its kin. */
const ISO_MEDIA = 'mov,mp4,m4a,3gp,3g2,mj2'

/** An honest file needs less JSON than this. */
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024

/** Allows only local files of the known containers. For every call of ffprobe. */
export const PROBE_ALLOWLIST = [
  ...['-protocol_whitelist', 'file'],
  ...['-format_whitelist', FORMAT_WHITELIST],
  ...LIMIT_ARGS,
]

/** What has to be known of a file to open it. */
export type Opening = Pick<MediaFacts, 'format' | 'beginsLate'>

/** Opens a file of which the format is known, by its demuxer alone. */
export function openingArgs(facts: Opening): string[] {
  const [demuxer = facts.format] = facts.format.split(',', 1)
  return [...PROBE_ALLOWLIST, ...lookArgs(facts), '-f', demuxer]
}

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
  const near = await readHeader(ffprobePath, path, signal)
  const { format } = near
  if (format.format_name === ISO_MEDIA && (await refersToOthers(path))) {
    throw new AppError(
      'unsupported-media',
      'The picture or the sound is in another file, to which this one refers. Upload a file that contains it.',
    )
  }
  if (format.format_name === 'asf' && format.duration === undefined) {
    const playSec = await readAsfLength(path)
    return mediaFacts(playSec === null ? near : { ...near, format: { ...format, duration: String(playSec) } })
  }
  if (!mayBeginLate(near)) return withImageColours(path, mediaFacts(near))
  const far = await readHeader(ffprobePath, path, signal, { beginsLate: true }).catch((error: unknown) => {
    // What has been found already can be used. A look that takes too long, or too much, is no fault of the file.
    if (error instanceof AppError && error.code !== 'out-of-resources' && !signal?.aborted) return near
    throw error
  })
  return countKnown(far) > countKnown(near) ? { ...mediaFacts(far), beginsLate: true } : mediaFacts(near)
}

async function readHeader(
  ffprobePath: string,
  path: string,
  signal?: AbortSignal,
  look: Pick<MediaFacts, 'beginsLate'> = {},
): Promise<ProbedFile> {
  const chunks: Buffer[] = []
  let received = 0
  const exit = await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'level+error'],
      '-hide_banner',
      ...PROBE_ALLOWLIST,
      ...lookArgs(look),
      ...(await demuxerArgs(path)),
      ...['-print_format', 'json'],
      '-show_format',
      ...['-show_streams', '-show_programs'],
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
  const unread = exit.code === 0 ? null : unreadCodec(exit)
  if (unread) throw unread
  if (exit.code !== 0 || received > MAX_OUTPUT_BYTES) {
    throw new AppError('unsupported-media', 'The file is not a video, image or audio file, or it is damaged.')
  }
  return parseProbe(Buffer.concat(chunks).toString('utf8'))
}

async function withImageColours(path: string, facts: MediaFacts): Promise<MediaFacts> {
  const { video, format } = facts
  if (!video) return facts
  const { orientation, plays } = await readImageTraits(path, format)
  const coloured = { ...video, ...(await readImageColours(path, format)), ...(plays && { plays }) }
  if (!orientation) return { ...facts, video: coloured }
  const isLying = orientation >= 5
  const turned = isLying ? { width: video.height, height: video.width } : {}
  return { ...facts, video: { ...coloured, ...turned, orientation } }
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
