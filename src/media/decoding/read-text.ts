import { AppError } from '../../errors.js'
import type { MediaFacts } from '../../plan/model/facts.js'
import { openingArgs } from '../probe/probe.js'
import { classifyExit } from '../process/classify-exit.js'
import { runMediaProcess } from '../process/spawn-media.js'

interface TextTrack {
  readonly path: string
  readonly facts: Pick<MediaFacts, 'format'>
  /** Of the stream. */
  readonly index: number
  readonly maxBytes: number
  readonly signal: AbortSignal
}

/**
 * A track of text as a file of SubRip, with the times that the file gives; null: it has more than `maxBytes`. Reads the
 * whole file, but decodes nothing else.
 * @throws AppError `source-damaged` when it cannot be read
 */
export async function readText(ffmpegPath: string, track: TextTrack): Promise<string | null> {
  const { path, facts, index, maxBytes, signal } = track
  const chunks: Buffer[] = []
  let received = 0
  const exit = await runMediaProcess({
    command: ffmpegPath,
    args: [
      ...['-v', 'level+error', '-hide_banner', '-nostdin', '-nostats'],
      ...openingArgs(facts),
      ...['-copyts', '-i', `file:${path}`],
      ...['-map', `0:${index}`, '-c:s', 'srt', '-f', 'srt', 'pipe:1'],
    ],
    cwd: '/',
    signal,
    onStdout: (chunk) => {
      received += chunk.length
      if (received <= maxBytes) chunks.push(chunk)
    },
  })
  if (exit.signal) throw classifyExit(exit)
  if (exit.code !== 0) throw new AppError('source-damaged', 'A text track of the video cannot be read.')
  return received > maxBytes ? null : Buffer.concat(chunks).toString('utf8')
}
