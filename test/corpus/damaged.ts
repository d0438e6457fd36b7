import { AAC, beeps, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { first, noise, zeros } from './bytes.js'
import type { CorpusFile, ExpectedFile } from './corpus.js'

const SOURCE = [
  ...lavfi(numberedVideo({ rate: '25', seconds: 2, width: 96, height: 64 })),
  ...lavfi(`${beeps(2)},volume=0.5`),
]

/** Frames of one size, so that a share of the bytes is that share of the time. */
const INTRA = [...H264, '-g', '1', '-x264-params', 'qp=20', ...AAC]
const PCM = ['-c:a', 'pcm_s16le', '-ar', '8000']

const DAMAGED: ExpectedFile = {
  ...{ width: 96, height: 64, frames: 50, hasAudio: true, warnings: ['source-damaged'], numbers: [0, null] },
}
const REFUSED = { error: 'source-damaged' } as const

const breakable: readonly (readonly [name: string, codec: readonly string[]])[] = [
  ['mp4', [...INTRA, '-movflags', '+faststart']],
  ['mkv', INTRA],
  ['avi', ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj420p', ...PCM]],
  ['flv', INTRA],
  ['wmv', ['-c:v', 'wmv2', '-g', '1', '-q:v', '2', '-c:a', 'wmav2']],
]

const PERCENTS = { all: [30, 60, 90], some: [30, 60] } as const

const brokenOff: CorpusFile[] = breakable.flatMap(([container, codec]) =>
  PERCENTS[container === 'mp4' || container === 'mkv' ? 'all' : 'some'].map((percent) => ({
    name: `first-${percent}-percent.${container}`,
    make: [...SOURCE, ...codec],
    change: first(percent / 100),
    expected: percent === 30 ? REFUSED : { ...DAMAGED, frames: [percent / 2 - 5, percent / 2 + 3] as const },
  })),
)

/** These containers state no duration: the video is what is there. */
const openEnded: CorpusFile[] = (
  [
    ['ts', 30, INTRA],
    ['ts', 60, INTRA],
    ['mpg', 60, ['-c:v', 'mpeg2video', '-g', '1', '-q:v', '2', '-c:a', 'mp2']],
    ['ogv', 60, ['-c:v', 'libtheora', '-g', '1', '-q:v', '10', '-c:a', 'libvorbis']],
  ] as const
).map(([container, percent, codec]) => ({
  name: `first-${percent}-percent.${container}`,
  make: [...SOURCE, ...codec],
  change: first(percent / 100),
  expected: { ...DAMAGED, frames: [percent / 2 - 8, percent / 2 + 15] as const },
}))

/** AVI and MPEG-PS state no times for what follows a hole: picture and sound become shorter by it. */
const NOISE: Readonly<Record<string, Partial<ExpectedFile>>> = {
  avi: { frames: [42, 50] },
  mpg: { frames: [38, 50], warnings: ['source-damaged'] },
}

const holed: CorpusFile[] = [
  ...breakable,
  ['ts', INTRA] as const,
  ['mpg', ['-c:v', 'mpeg2video', '-q:v', '2', '-c:a', 'mp2']] as const,
  ['ogv', ['-c:v', 'libtheora', '-q:v', '10', '-c:a', 'libvorbis']] as const,
].map(([container, codec]) => ({
  name: `noise.${container}`,
  make: [...SOURCE, ...codec],
  change: noise(0.5, 0.6),
  expected: { ...DAMAGED, ...NOISE[container] },
}))

const others: CorpusFile[] = [
  {
    name: 'zeros.mp4',
    make: [...SOURCE, ...INTRA, '-movflags', '+faststart'],
    change: zeros(0.5, 0.6),
    expected: DAMAGED,
  },
  {
    name: 'mostly-noise.mp4',
    make: [...SOURCE, ...INTRA, '-movflags', '+faststart'],
    change: noise(0.3, 0.95),
    expected: REFUSED,
  },
  {
    name: 'mostly-noise.mkv',
    make: [...SOURCE, ...INTRA],
    change: noise(0.3, 0.95),
    expected: REFUSED,
  },
  {
    name: 'first-60-percent.gif',
    make: lavfi('testsrc2=s=96x64:r=25:d=2'),
    change: first(0.6),
    expected: {
      ...DAMAGED,
      frames: [20, 45],
      hasAudio: false,
      numbers: [null, null],
      warnings: ['alpha-flattened', 'source-damaged'],
    },
  },
  {
    name: 'sound-noise.mp4',
    make: [...SOURCE, ...H264, '-c:a', 'mp3', '-b:a', '320k', '-movflags', '+faststart'],
    change: noise(0.55, 0.6),
    expected: DAMAGED,
  },
  {
    name: 'no-index.mp4',
    make: [...SOURCE, ...INTRA],
    change: first(0.6),
    expected: { error: 'unsupported-media' },
  },
]

export const BROKEN: readonly CorpusFile[] = [...brokenOff, ...openEnded, ...holed, ...others]
