import { fileURLToPath } from 'node:url'
import { AppError } from '../../errors.js'
import type { DrawnKind, DrawnPicture } from '../../plan/model/drawn.js'
import { classifyExit } from '../process/classify-exit.js'
import { type MediaLimits, READING } from '../process/confine.js'
import { withTimeout } from '../process/read-timeout.js'
import type { FfmpegTools } from '../process/run-ffmpeg.js'
import { runMediaProcess } from '../process/spawn-media.js'

/** An honest picture is drawn in less, also on a busy machine. */
const TIMEOUT_MS = 60_000

/** A drawing of 50 million pixels without any compression, or an animation likewise. */
const LIMITS: MediaLimits = { ...READING, cpuSec: 60, fileBytes: 1024 ** 3 }

/** How the program ends when its message is for people. */
const REFUSED = 3

const PROGRAM = fileURLToPath(new URL('./draw-picture.mjs', import.meta.url))

interface Files {
  readonly from: string
  /** Where the PNG, or the APNG, is written. */
  readonly to: string
  readonly signal?: AbortSignal
}

/** A picture at its own size. */
type OwnSize = { readonly kind: DrawnKind }

/**
 * Draws a picture that ffmpeg cannot read, with the shipped fonts, in a process of its own without a network.
 * @throws AppError `unsupported-media` for what cannot be drawn, or takes too long
 */
export async function drawPicture(
  { fontConfigPath }: Pick<FfmpegTools, 'fontConfigPath'>,
  picture: DrawnPicture | OwnSize,
  { from, to, signal }: Files,
): Promise<void> {
  const size = 'width' in picture ? [String(picture.width), String(picture.height)] : []
  const exit = await runMediaProcess({
    command: process.execPath,
    args: [PROGRAM, picture.kind, from, to, ...size],
    cwd: '/',
    env: { FONTCONFIG_FILE: fontConfigPath },
    limits: LIMITS,
    signal: withTimeout(TIMEOUT_MS, signal),
    onStdout: () => undefined,
  })
  if (exit.code === 0) return
  if (exit.code === REFUSED) throw new AppError('unsupported-media', exit.stderrTail)
  const failure = classifyExit(exit)
  if (failure.code === 'out-of-resources') throw failure
  const message = 'The picture cannot be drawn: it is damaged, or takes too much memory.'
  throw new AppError('unsupported-media', message, { cause: failure })
}
