import { H264, lavfi } from '../support/lavfi.js'
import type { CorpusFile, ExpectedFile } from './corpus.js'

const RED = [255, 0, 0] as const

/** Red pictures, coded in every way. */
function red(size = '64x36', filters = ''): string[] {
  return lavfi(`color=red:s=${size}:r=25:d=0.2${filters}`)
}

function shown(fields: Partial<ExpectedFile> = {}): ExpectedFile {
  const { warnings = [] } = fields
  return { width: 64, height: 36, frames: 5, hasAudio: false, color: RED, ...fields, warnings }
}

const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '5']

const depths = [
  ...(['yuv422p', 'yuv444p'] as const).map((format) => [format, ['chroma-subsampled']] as const),
  ...(['yuv420p10le'] as const).map((format) => [format, ['high-bit-depth']] as const),
  ...(['yuv422p10le', 'yuv444p10le'] as const).map(
    (format) => [format, ['high-bit-depth', 'chroma-subsampled']] as const,
  ),
].map(([format, warnings]): CorpusFile => ({
  name: `${format}.mp4`,
  make: [...red(), ...X264, '-pix_fmt', format],
  expected: shown({ warnings }),
}))

/** Half transparent red is dark red on black. */
const alphas: CorpusFile[] = [
  ['qtrle.mov', ['-c:v', 'qtrle', '-pix_fmt', 'argb'], []],
  ['png.mov', ['-c:v', 'png', '-pix_fmt', 'rgba'], []],
  ['ffv1-alpha.mkv', ['-c:v', 'ffv1', '-pix_fmt', 'yuva420p'], []],
  [
    'prores4444.mov',
    ['-c:v', 'prores_ks', '-pix_fmt', 'yuva444p10le'],
    ['high-bit-depth', 'chroma-subsampled'],
  ],
].map(([name, codec, others]) => ({
  name: String(name),
  make: [...lavfi('color=red@0.5:s=64x36:r=25:d=0.2,format=rgba'), ...[codec ?? []].flat()],
  expected: shown({ warnings: [...([others].flat() as []), 'alpha-flattened'], color: [128, 0, 0] }),
}))

const HDR = ['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-x265-params']

/** White and black are what they were, in every space. */
const wide: CorpusFile[] = (
  [
    ['hdr10', 'smpte2084', 'white', [255, 255, 255], ['high-bit-depth', 'hdr-tone-mapped']],
    ['hdr10-black', 'smpte2084', 'black', [0, 0, 0], ['high-bit-depth', 'hdr-tone-mapped']],
    ['hlg', 'arib-std-b67', 'black', [0, 0, 0], ['high-bit-depth', 'hdr-tone-mapped']],
    ['bt2020-sdr', 'bt2020-10', 'white', [255, 255, 255], ['high-bit-depth']],
  ] as const
).map(([name, transfer, source, color, warnings]) => ({
  name: `${name}.mp4`,
  make: [
    ...lavfi(`color=${source}:s=64x36:r=25:d=0.2,format=yuv420p10le`),
    ...HDR,
    `log-level=error:lossless=1:colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`,
  ],
  expected: shown({ color, warnings }),
}))

const shapes: CorpusFile[] = [
  {
    name: 'anamorphic.mp4',
    make: [...red('32x36', ',setsar=2/1'), ...H264],
    expected: shown({ warnings: ['non-square-pixels'] }),
  },
  {
    name: 'interlaced.mp4',
    make: [...red(), ...X264, '-pix_fmt', 'yuv420p', '-flags', '+ilme+ildct', '-x264opts', 'tff=1'],
    expected: shown({ warnings: ['interlaced-source'] }),
  },
  { name: 'full-range.mp4', make: [...red(), ...X264, '-pix_fmt', 'yuvj420p'], expected: shown() },
]

export const PICTURES: readonly CorpusFile[] = [...depths, ...alphas, ...wide, ...shapes]
