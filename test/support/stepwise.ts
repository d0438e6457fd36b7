import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg, ffprobe } from './lavfi.js'
import type { RandomOperation } from './random-edit.js'

const TAGS = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'] as const
const LOSSLESS = ['-c:v', 'ffv1', '-c:a', 'pcm_f32le', ...TAGS, '-f', 'matroska'] as const

/** The filters of one step, written by hand and independently of the compiler's. */
interface Step {
  readonly video: readonly string[]
  readonly audio: readonly string[]
  readonly isSilent?: true
}

/**
 * A slow reference for an edit: one ffmpeg process per operation, with lossless files in between. Returns the path of
 * the last step's file; the files of the other steps are removed.
 */
export async function renderStepwise(
  source: string,
  operations: readonly RandomOperation[],
  logo: string,
  dir: string,
): Promise<string> {
  let current = join(dir, 'step-0.mkv')
  await ffmpeg('-i', source, '-pix_fmt', 'yuv420p', ...LOSSLESS, current)
  for (const [index, op] of operations.entries()) {
    const next = join(dir, `step-${index + 1}.mkv`)
    const step = stepOf(op, await countFrames(current), logo)
    await ffmpeg(
      ...['-i', current, '-vf', [...step.video, 'format=yuv420p', 'setsar=1'].join(',')],
      ...(step.audio.length > 0 ? ['-af', step.audio.join(',')] : []),
      ...(step.isSilent ? ['-an'] : []),
      ...LOSSLESS,
      next,
    )
    await rm(current)
    current = next
  }
  return current
}

async function countFrames(path: string): Promise<number> {
  const entries = ['-count_packets', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_packets']
  return Number.parseInt(await ffprobe(...entries, '-of', 'csv=p=0', path), 10)
}

const RATE = 25

function stepOf(op: RandomOperation, frames: number, logo: string): Step {
  switch (op.type) {
    case 'trim': {
      const end = op.end_time ?? Infinity
      const range = `start=${op.start_time}:end=${end}`
      // Frames start on a grid; half a thousandth allows for rounded decimals.
      const frames = `start=${op.start_time - 0.001}:end=${end - 0.001}`
      return {
        video: [`trim=${frames}`, 'setpts=PTS-STARTPTS'],
        audio: [`atrim=${range}`, 'asetpts=PTS-STARTPTS'],
      }
    }
    case 'crop':
      return picture(`crop=${op.width}:${op.height}:${op.x}:${op.y}`)
    case 'pad':
      return picture(
        // Exact colours go through RGB, where no matrix is involved.
        `scale=in_color_matrix=bt709,format=gbrp,pad=${op.width}:${op.height}:` +
          `2*floor((ow-iw)/4):2*floor((oh-ih)/4):color=${op.color.replace('#', '0x')},scale=out_color_matrix=bt709`,
      )
    case 'resize':
      return picture(`scale=${op.width}:${op.height}`)
    case 'rotate':
      return picture({ 90: 'transpose=clock', 180: 'hflip,vflip', 270: 'transpose=cclock' }[op.angle])
    case 'flip':
      return picture(op.direction === 'horizontal' ? 'hflip' : 'vflip')
    case 'speed':
      return {
        // Each moment shows the nearest frame, and of two that are as near the later one; slowed frames begin at their time.
        video: [
          ...[
            'settb=1/90000',
            `setpts=PTS/${op.factor}-${(0.5 / RATE) * Math.min(1, 1 / op.factor)}/TB`,
            `fps=${RATE}:start_time=0:round=up`,
          ],
          ...[`tpad=stop=3:stop_mode=clone`, `trim=end_frame=${Math.round(frames / op.factor)}`],
        ],
        audio: [`atempo=${op.factor}`],
      }
    case 'color':
      return picture(`eq=brightness=${op.brightness}:contrast=${op.contrast}:saturation=${op.saturation}`)
    case 'fade': {
      const out = frames - Math.round(op.out * RATE)
      return {
        video: [
          ...(op.in > 0 ? [`fade=in:0:${Math.round(op.in * RATE)}`] : []),
          // The last frame is the colour.
          ...(op.out > 0 ? [`fade=out:${out - 1}:${Math.round(op.out * RATE)}`] : []),
          'null',
        ],
        audio: [
          ...(op.in > 0 ? [`afade=in:st=0:d=${op.in}`] : []),
          ...(op.out > 0 ? [`afade=out:st=${out / RATE}:d=${op.out}`] : []),
          'anull',
        ],
      }
    }
    case 'blur': {
      const part = `crop=${op.width}:${op.height}:${op.x}:${op.y},gblur=sigma=${op.radius}:steps=2`
      const first = Math.ceil(op.start_time * RATE - 0.001)
      return picture(
        `split[whole][part];[part]${part}[soft];[whole][soft]overlay=${op.x}:${op.y}:enable='gte(n,${first})'`,
      )
    }
    case 'vignette':
      return picture(vignette(op.strength))
    case 'overlay': {
      const first = Math.ceil(op.start_time * RATE - 0.001)
      return laidOver(logo, '1', `${op.position_x}:${op.position_y}:enable='gte(n,${first})'`)
    }
    case 'watermark':
      return laidOver(logo, String(op.opacity), `${op.margin}:${op.margin}`)
    case 'volume':
      return { video: ['null'], audio: [`volume=${op.gain_db}dB`] }
    case 'mute':
      return { video: ['null'], audio: [], isSilent: true }
  }
}

/**
 * Darkens by the fourth power of a cosine of the distance from the middle, as light falls off in a lens. In YCbCr, so
 * that whites above 235, which a brighter picture has, stay above it.
 */
function vignette(strength: number): string {
  const angle = Math.acos((1 - strength) ** 0.25)
  const light = (subsampling: number) => {
    const [x, y] = [`(X*${subsampling}-W*${subsampling}/2)`, `(Y*${subsampling}-H*${subsampling}/2)`]
    return `pow(cos(${angle}*hypot(${x},${y})/hypot(W*${subsampling}/2,H*${subsampling}/2)),4)`
  }
  const chroma = (plane: 'cb' | 'cr') => `${plane}='128+(${plane}(X,Y)-128)*${light(2)}'`
  return `geq=lum='16+(lum(X,Y)-16)*${light(1)}':${chroma('cb')}:${chroma('cr')}`
}

function laidOver(logo: string, opacity: string, place: string): Step {
  const layer = `format=rgba,colorchannelmixer=aa=${opacity},scale=out_color_matrix=bt709:out_range=tv,format=yuva420p`
  return picture(`movie='${logo}',${layer}[layer];[in][layer]overlay=${place}`)
}

function picture(filters: string): Step {
  return { video: [filters], audio: [] }
}
