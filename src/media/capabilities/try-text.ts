import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../errors.js'
import { renderingLimits } from '../process/confine.js'
import type { FfmpegTools } from '../process/run-ffmpeg.js'
import { askFfmpeg } from './ask-ffmpeg.js'

/** fontconfig writes what it has found in the fonts to a file. */
const FONT_CACHE_BYTES = 64 * 1024 ** 2

/** White letters of two scripts, of which the second needs shaping, in the middle of the picture. */
const SCRIPT = `[Script Info]
ScriptType: v4.00+
PlayResX: 128
PlayResY: 64

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Alignment
Style: Default,sans-serif,32,&H00FFFFFF,5

[Events]
Format: Start, End, Style, Text
Dialogue: 0:00:00.00,0:00:01.00,Default,Ag नि
`

/**
 * Whether ffmpeg draws text. A static build may have all parts and still crash when it looks for a font.
 * @throws AppError `out-of-resources`
 */
export async function drawsText({ ffmpegPath, fontConfigPath }: TextTools): Promise<boolean> {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-text-'))
  try {
    await writeFile(join(dir, 'text.ass'), SCRIPT)
    const picture = await askFfmpeg({
      command: ffmpegPath,
      args: [
        ...['-f', 'lavfi', '-i', 'color=black:size=128x64:rate=1:duration=1', '-vf', 'ass=text.ass'],
        ...['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'],
      ],
      cwd: dir,
      env: { FONTCONFIG_FILE: fontConfigPath },
      limits: renderingLimits(FONT_CACHE_BYTES),
    })
    return picture.some((sample) => sample > 200)
  } catch (error) {
    if (error instanceof AppError && error.code === 'ffmpeg-rejected') return false
    throw error
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

type TextTools = Pick<FfmpegTools, 'ffmpegPath' | 'fontConfigPath'>
