import { execFile } from 'node:child_process'
import { readTools } from '../../src/platform/tools.js'

const MAX_STDOUT_BYTES = 1024 ** 3

const found = readTools()

/** The programs under test. `npm run test:ffmpeg` names other versions than the one that set-up has found. */
export const FFMPEG = process.env['FFMPEG_PATH'] ?? found.ffmpegPath ?? 'ffmpeg'
export const FFPROBE = process.env['FFPROBE_PATH'] ?? found.ffprobePath ?? 'ffprobe'

/** The program that makes sources and looks at results, the same for every version under test. */
export const REFERENCE_FFMPEG = found.ffmpegPath ?? 'ffmpeg'
const REFERENCE_FFPROBE = found.ffprobePath ?? 'ffprobe'

/** Runs ffmpeg outside the code under test. Returns its stdout. */
export function ffmpeg(...args: readonly string[]): Promise<Buffer> {
  return run(REFERENCE_FFMPEG, ['-hide_banner', '-nostdin', '-y', '-loglevel', 'error', ...args])
}

export async function ffprobe(...args: readonly string[]): Promise<string> {
  return (await run(REFERENCE_FFPROBE, ['-hide_banner', '-v', 'error', ...args])).toString('utf8')
}

/** Runs a program. Returns its stdout. */
export function run(command: string, args: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { encoding: 'buffer', maxBuffer: MAX_STDOUT_BYTES }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${args.join(' ')}\n${stderr.toString('utf8')}`, { cause: error }))
      else resolve(stdout)
    })
  })
}

/** The height of the strip at the top of the picture that carries the frame's number. */
export const STRIP_HEIGHT = 40
export const NUMBER_BITS = 8

export interface NumberedVideo {
  /** Such as `30000/1001`. */
  readonly rate: string
  readonly seconds: number
  readonly width?: number
  readonly height?: number
  /** The colour of the picture below the strip. */
  readonly color?: string
}

/**
 * A lavfi video in which each frame says its own number: a row of white and black blocks, one a bit from the
 * lowest on, and below it the same row inverted, so that what is no number is not read as one.
 */
export function numberedVideo({ rate, seconds, width = 320, height = 180, color }: NumberedVideo): string {
  const bit = 'if(mod(floor(N/pow(2,X))+Y,2),255,0)'
  return [
    `nullsrc=s=${NUMBER_BITS}x2:r=${rate}:d=${seconds}`,
    `format=gray,geq=lum='${bit}'`,
    `scale=${width}:${STRIP_HEIGHT}:flags=neighbor,format=yuv420p`,
    `pad=${width}:${height}:0:0:${color ?? 'gray'},setsar=1`,
  ].join(',')
}

/** The length of the tone at each whole second. */
const BEEP_SEC = 0.05

/** A lavfi sound that tells the time: a short tone at each whole second, higher with every second. */
export function beeps(seconds: number): string {
  const tone = '0.8*sin(2*PI*(400+400*floor(t))*t)'
  return `aevalsrc='if(lt(mod(t,1),${BEEP_SEC}),${tone},0)':s=48000:d=${seconds}`
}

/** H.264 that is fast to encode, with B-frames and several key frames, as cameras and encoders make it. */
export const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-bf', '2', '-g', '30'] as const

export const AAC = ['-c:a', 'aac', '-b:a', '128k'] as const

export function lavfi(graph: string): string[] {
  return ['-f', 'lavfi', '-i', graph]
}
