import { join } from 'node:path'
import type { Config } from './config.js'
import { writeFontConfig } from './media/process/font-config.js'
import type { FfmpegTools } from './media/process/run-ffmpeg.js'
import { readTools } from './platform/tools.js'

/** The ffmpeg and ffprobe that the environment names, or else those that set-up found, or else those on PATH. */
export async function findFfmpeg({ media, platform }: Config): Promise<FfmpegTools> {
  const tools = readTools()
  return {
    ffmpegPath: media.ffmpegPath ?? tools.ffmpegPath ?? 'ffmpeg',
    ffprobePath: media.ffprobePath ?? tools.ffprobePath ?? 'ffprobe',
    fontConfigPath: await writeFontConfig(media.fontsDir, join(platform.dataDir, 'fontconfig')),
    stallTimeoutSec: media.stallTimeoutSec,
  }
}
