import { AppError } from '../../errors.js'
import { takesInputFilters, withoutInputFilters } from '../capabilities/input-filters.js'
import { createDecodeReader, type DecodeReport } from '../decoding/decode-report.js'
import { classifyExit } from './classify-exit.js'
import { renderingLimits } from './confine.js'
import { isFolderFull } from './disk-full.js'
import { createLineReader } from './line-reader.js'
import { createProgressReader, type FfmpegProgress } from './progress.js'
import { type MediaExit, runMediaProcess } from './spawn-media.js'

export interface FfmpegTools {
  readonly ffmpegPath: string
  readonly ffprobePath: string
  /** fontconfig's file, which knows only the shipped fonts. */
  readonly fontConfigPath: string
  readonly stallTimeoutSec: number
}

export interface FfmpegRun {
  readonly argv: readonly string[]
  /** The work folder. */
  readonly cwd: string
  readonly signal: AbortSignal
  readonly onProgress: (progress: FfmpegProgress) => void
  /** Length of the output. Once there, ffmpeg only finishes the file, and is given more time. */
  readonly expectedUs: number
  /** A moment's work that somebody waits for: it has the priority of a request. */
  readonly isShort?: boolean
  /** Largest size of each file that ffmpeg writes: what the storage has room for. */
  readonly maxFileBytes: number
}

/** At the level `verbose` ffmpeg prints at its end how much it has read and decoded. */
const BASE_ARGS = ['-hide_banner', '-nostdin', '-y', '-loglevel', 'level+verbose', '-nostats']
const PROGRESS_ARGS = ['-progress', 'pipe:1', '-stats_period', '0.5']

/** ffmpeg reports no progress while it rewrites a large file for faststart. */
const FINISHING_FACTOR = 10

/**
 * Runs ffmpeg to its end. Returns how the decoding went, because ffmpeg exits with 0 on damaged sources, too.
 * @throws AppError `ffmpeg-stalled` when it stops advancing, the codes of classifyExit when it fails, and those of
 *   runMediaProcess; the signal's reason after an abort, once ffmpeg is gone
 */
export async function runFfmpeg(tools: FfmpegTools, run: FfmpegRun): Promise<DecodeReport> {
  const watchdog = createWatchdog(tools.stallTimeoutSec, run.expectedUs)
  const readProgress = createProgressReader((progress) => {
    watchdog.advance(progress)
    run.onProgress(progress)
  })
  const decoding = createDecodeReader()
  const stderr = createLineReader(decoding.readLine)
  try {
    const exit = await runMediaProcess({
      command: tools.ffmpegPath,
      args: [...BASE_ARGS, ...PROGRESS_ARGS, ...(await knownArgs(tools, run.argv))],
      cwd: run.cwd,
      env: { FONTCONFIG_FILE: tools.fontConfigPath },
      ...(run.isShort ? {} : { yields: true }),
      limits: renderingLimits(run.maxFileBytes),
      signal: AbortSignal.any([run.signal, watchdog.signal]),
      onStdout: readProgress,
      onStderr: stderr.read,
    })
    stderr.end()
    if (exit.code !== 0) throw await failureOf({ ...exit, stderrTail: decoding.tail() }, run.cwd)
    return decoding.report()
  } finally {
    watchdog.stop()
  }
}

/** An ffmpeg that has no bitstream filters for inputs does not need what they are for. */
async function knownArgs({ ffmpegPath }: FfmpegTools, argv: readonly string[]): Promise<readonly string[]> {
  const plain = withoutInputFilters(argv)
  return plain.length === argv.length || (await takesInputFilters(ffmpegPath)) ? argv : plain
}

/** ffmpeg may speak of a full disk for other reasons, and work that waits for room waits for days: so the disk is asked. */
async function failureOf(exit: MediaExit, cwd: string): Promise<AppError> {
  const failure = classifyExit(exit)
  if (failure.code !== 'disk-full' || exit.signal || (await isFolderFull(cwd))) return failure
  return new AppError('ffmpeg-crashed', 'ffmpeg could not write, though there is room.', {
    cause: failure.cause,
  })
}

/** Notices a hung ffmpeg. The worker's heartbeats cannot: a timer sends them whether ffmpeg advances or not. */
function createWatchdog(timeoutSec: number, expectedUs: number) {
  const controller = new AbortController()
  const stall = () =>
    controller.abort(new AppError('ffmpeg-stalled', `ffmpeg made no progress for ${timeoutSec} s.`))
  let timer = setTimeout(stall, timeoutSec * 1000)
  let latest = { outTimeUs: -1, frames: -1 }
  return {
    signal: controller.signal,
    advance: ({ outTimeUs, frames }: FfmpegProgress) => {
      if (outTimeUs <= latest.outTimeUs && frames <= latest.frames) return
      latest = { outTimeUs, frames }
      const isFinishing = outTimeUs >= expectedUs - 1_000_000
      clearTimeout(timer)
      timer = setTimeout(stall, timeoutSec * 1000 * (isFinishing ? FINISHING_FACTOR : 1))
    },
    stop: () => clearTimeout(timer),
  }
}
