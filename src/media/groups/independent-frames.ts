import type { CopiedCodec } from '../../plan/copy/copied-codec.js'
import type { VideoFacts } from '../../plan/model/facts.js'
import { type Opening, openingArgs } from '../probe/probe.js'
import { createLineReader } from '../process/line-reader.js'
import { runMediaProcess } from '../process/spawn-media.js'

export interface CodedStream extends Opening {
  readonly path: string
  readonly video: VideoFacts
  readonly copied: CopiedCodec
  readonly signal: AbortSignal
}

/**
 * Calls `onFrame` with the time, in seconds, at which each IDR picture is shown. Containers also mark other pictures as
 * key frames, from which decoding can begin but not without faults. Decodes nothing.
 * @returns false when the file's pictures cannot be told apart
 */
export async function listIndependentFrames(
  ffmpegPath: string,
  stream: CodedStream,
  onFrame: (sec: number) => void,
): Promise<boolean> {
  const { path, video, copied, signal } = stream
  let tickSec = 0
  const lines = createLineReader((line) => {
    const timebase = /^#tb 0: (\d+)\/(\d+)/.exec(line)
    if (timebase) tickSec = Number(timebase[1]) / Number(timebase[2])
    const pts = /^0, *-?\d+, *(-?\d+),/.exec(line)?.[1]
    if (pts !== undefined) onFrame(Number(pts) * tickSec)
  })
  const exit = await runMediaProcess({
    command: ffmpegPath,
    args: [
      ...['-v', 'error'],
      '-hide_banner',
      '-nostdin',
      ...openingArgs(stream),
      '-copyts',
      ...['-i', `file:${path}`],
      ...['-map', `0:${video.index}`],
      ...['-c', 'copy'],
      ...['-bsf:v', `filter_units=pass_types=${copied.independentUnits}`],
      ...['-f', 'framecrc'],
      'pipe:1',
    ],
    cwd: '/',
    signal,
    onStdout: lines.read,
  })
  lines.end()
  return exit.code === 0
}
