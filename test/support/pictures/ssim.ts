import { ffmpeg } from '../lavfi.js'

/** The pixels that a player shows, in one form, whatever the file's own is. */
const AS_SHOWN =
  'scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp,format=yuv420p'

/** The likeness of a picture to each frame of a film, 1: equal (SSIM over all channels). */
export async function ssimToFrames(picture: string, film: string): Promise<number[]> {
  const found = await ffmpeg(
    ...['-i', film, '-i', picture, '-filter_complex'],
    `[0:v]${AS_SHOWN}[film];[1:v]${AS_SHOWN}[picture];[film][picture]ssim=stats_file=-:eof_action=repeat`,
    ...['-f', 'null', '-'],
  )
  return [...found.toString().matchAll(/All:([\d.]+|inf)/g)].map(([, all]) =>
    all === 'inf' ? 1 : Number(all),
  )
}
