import { assertNever } from '../../errors.js'
import { formatNumber } from '../format-number.js'
import type { Encode, FilmCoding, VideoCoding } from '../plan.js'
import type { ColorSpace } from '../timeline.js'
import { SVT_AV1_PRESETS, VP9_CPU_USED } from '../renditions/codecs.js'

export function videoArgs(coding: VideoCoding, container: Encode['container']): string[] {
  switch (coding.codec) {
    case 'h264':
    case 'h265':
    case 'av1':
    case 'vp9':
      return [...encoderArgs(coding), ...tagArgs(coding, container), ...pictureArgs(coding)]
    case 'gif':
      return ['-c:v', 'gif']
    case 'webp':
      return ['-c:v', 'libwebp_anim', '-quality', '75', '-compression_level', '4', '-pix_fmt', 'yuv420p']
    case 'jpeg':
      return ['-frames:v', '1', '-c:v', 'mjpeg', '-q:v', String(coding.quantiser)]
    default:
      return assertNever(coding)
  }
}

/**
 * Key frames lie at fixed places, whatever the picture does, and nothing refers across them: every rendition can
 * be cut at the same frames.
 */
function encoderArgs({ codec, crf, maxBitRate, preset, gopFrames }: FilmCoding): string[] {
  const cap = maxBitRate ? ['-maxrate', String(maxBitRate), '-bufsize', String(maxBitRate * 2)] : []
  const quality = ['-crf', formatNumber(crf), ...cap]
  const gop = ['-g', String(gopFrames), '-keyint_min', String(gopFrames)]
  switch (codec) {
    case 'h264':
      return [
        '-c:v',
        'libx264',
        '-preset',
        preset,
        '-profile:v',
        'high',
        ...quality,
        ...gop,
        '-sc_threshold',
        '0',
      ]
    case 'h265': {
      const params = `log-level=error:keyint=${gopFrames}:min-keyint=${gopFrames}:scenecut=0:open-gop=0`
      return ['-c:v', 'libx265', '-preset', preset, ...quality, '-x265-params', params]
    }
    case 'av1': {
      const speed = String(SVT_AV1_PRESETS[preset])
      return ['-c:v', 'libsvtav1', '-preset', speed, ...quality, '-g', String(gopFrames)]
    }
    case 'vp9':
      return [
        ...['-c:v', 'libvpx-vp9', '-deadline', 'good', '-cpu-used', String(VP9_CPU_USED[preset])],
        // The rate of libvpx's constrained quality is its cap; 0: none.
        ...['-row-mt', '1', '-crf', formatNumber(crf), '-b:v', String(maxBitRate ?? 0), ...cap, ...gop],
      ]
    default:
      return assertNever(codec)
  }
}

/** Apple's players know H.265 by this tag alone. */
function tagArgs({ codec }: FilmCoding, container: Encode['container']): string[] {
  return codec === 'h265' && (container === 'mp4' || container === 'mov') ? ['-tag:v', 'hvc1'] : []
}

/** As ITU-T H.273 counts them, by ffmpeg's names. */
const COLOR_TAGS: Readonly<
  Record<ColorSpace, readonly [matrix: string, primaries: string, transfer: string]>
> = {
  bt709: ['bt709', 'bt709', 'bt709'],
  smpte170m: ['smpte170m', 'smpte170m', 'smpte170m'],
  pq: ['bt2020nc', 'bt2020', 'smpte2084'],
  hlg: ['bt2020nc', 'bt2020', 'arib-std-b67'],
}

function pictureArgs({ bitDepth, colorSpace }: FilmCoding): string[] {
  const [matrix, primaries, transfer] = COLOR_TAGS[colorSpace]
  return [
    ...['-pix_fmt', bitDepth === 10 ? 'yuv420p10le' : 'yuv420p'],
    ...['-colorspace', matrix, '-color_primaries', primaries, '-color_trc', transfer],
    ...['-color_range', 'tv'],
  ]
}
