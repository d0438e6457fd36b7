import { H264, lavfi } from '../support/lavfi.js'
import { turned } from './bytes.js'
import type { CorpusFile, ExpectedFile } from './corpus.js'

const RED = [255, 0, 0] as const

/** Red pictures in many codings. */
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

/** Half transparent red becomes dark red on black. */
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

/** White and black stay what they were, in every colour space. */
const wide: CorpusFile[] = (
  [
    ['hdr10', 'smpte2084', 'white', [255, 255, 255], ['high-bit-depth', 'hdr-tone-mapped']],
    ['hdr10-black', 'smpte2084', 'black', [0, 0, 0], ['high-bit-depth', 'hdr-tone-mapped']],
    ['hlg', 'arib-std-b67', 'black', [0, 0, 0], ['high-bit-depth', 'hdr-tone-mapped']],
    ['bt2020-sdr', 'bt2020-10', 'white', [255, 255, 255], ['high-bit-depth', 'colours-converted']],
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

const FFV1 = ['-c:v', 'ffv1']

const formats: CorpusFile[] = (
  [
    ['gray.mp4', X264, 'gray', [], [76, 76, 76]],
    ['gray10.mkv', FFV1, 'gray10le', ['high-bit-depth'], [76, 76, 76]],
    ['yuv440p.mkv', FFV1, 'yuv440p', ['chroma-subsampled'], RED],
    ['yuv411p.mkv', FFV1, 'yuv411p', ['chroma-subsampled'], RED],
    ['yuv420p12.mkv', FFV1, 'yuv420p12le', ['high-bit-depth'], RED],
    ['yuv422p16.mkv', FFV1, 'yuv422p16le', ['high-bit-depth', 'chroma-subsampled'], RED],
    ['rgb.mp4', ['-c:v', 'libx264rgb', '-preset', 'ultrafast', '-qp', '0'], 'bgr24', [], RED],
    ['gbrp.mkv', FFV1, 'gbrp', [], RED],
    ['rgb48.mkv', FFV1, 'rgb48le', ['high-bit-depth'], RED],
    // ffmpeg reports of every GIF that it may be transparent.
    ['rgb.gif', [], 'rgb8', ['alpha-flattened'], RED],
    ['uyvy.avi', ['-c:v', 'rawvideo'], 'uyvy422', ['chroma-subsampled'], RED],
  ] as const
).map(([name, codec, format, warnings, color]) => ({
  name,
  make: [...red(), ...codec, '-pix_fmt', format],
  expected: shown({ warnings, color }),
}))

/** Red that is coded with the matrix of the tag. */
const tagged: CorpusFile[] = (
  [
    ['bt601', 'bt601', 'smpte170m', 'smpte170m', 'smpte170m'],
    ['bt470bg', 'bt601', 'bt470bg', 'bt470bg', 'gamma28'],
    ['bt709', 'bt709', 'bt709', 'bt709', 'bt709'],
  ] as const
).map(([name, coded, matrix, primaries, transfer]) => ({
  name: `${name}.mp4`,
  make: [
    ...red('64x36', `,format=rgb24,scale=out_color_matrix=${coded},format=yuv420p`),
    ...[...X264, '-colorspace', matrix, '-color_primaries', primaries, '-color_trc', transfer],
  ],
  expected: shown(),
}))

const turns: CorpusFile[] = ([90, 180, 270] as const).map((angle) => ({
  name: `turned-${angle}.mp4`,
  make: [...lavfi('color=red:s=64x36:r=25:d=0.2,drawbox=w=16:h=36:color=blue:t=fill'), ...X264],
  change: turned(angle),
  expected: shown({
    ...(angle === 180 ? {} : { width: 36, height: 64 }),
    warnings: ['rotated'],
  }),
}))

const odd: CorpusFile[] = (
  [
    ['odd.mkv', FFV1, 'yuv420p', []],
    ['odd-444.mp4', X264, 'yuv444p', ['chroma-subsampled']],
    ['odd.webm', ['-c:v', 'libvpx', '-b:v', '1M', '-deadline', 'realtime', '-cpu-used', '8'], 'yuv420p', []],
    ['odd.gif', [], 'rgb8', ['alpha-flattened']],
  ] as const
).map(([name, codec, format, warnings]) => ({
  name,
  make: [...red('64x36', ',format=rgb24,crop=63:35'), ...codec, '-pix_fmt', format],
  expected: shown({ warnings: [...warnings, 'odd-size'] }),
}))

const others: CorpusFile[] = [
  {
    name: 'tall-pixels.mp4',
    make: [...red('64x18', ',setsar=1/2'), ...X264],
    expected: shown({ warnings: ['non-square-pixels'] }),
  },
  {
    name: 'bottom-first.mkv',
    make: [...red(), '-c:v', 'mpeg2video', '-q:v', '2', '-flags', '+ilme+ildct', '-top', '0'],
    expected: shown({ warnings: ['interlaced-source'] }),
  },
  {
    name: 'transparent.gif',
    make: lavfi('color=red@0:s=64x36:r=25:d=0.2,format=rgba,split[a][b];[a]palettegen[p];[b][p]paletteuse'),
    expected: shown({ warnings: ['alpha-flattened'], color: [0, 0, 0] }),
  },
  {
    name: 'lossless-444-10.mkv',
    make: [...red(), ...FFV1, '-pix_fmt', 'yuva444p10le'],
    expected: shown({ warnings: ['high-bit-depth', 'chroma-subsampled', 'alpha-flattened'] }),
  },
]

export const PICTURES: readonly CorpusFile[] = [
  ...[...depths, ...alphas, ...wide, ...shapes, ...formats, ...tagged, ...turns, ...odd, ...others],
]
