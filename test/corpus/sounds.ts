import { AAC, beeps, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import type { CorpusFile, ExpectedFile } from './corpus.js'

const VIDEO = lavfi(numberedVideo({ rate: '25', seconds: 2, width: 96, height: 64 }))

function heard(fields: Partial<ExpectedFile> = {}): ExpectedFile {
  return { width: 96, height: 64, frames: 50, hasAudio: true, warnings: [], beepSec: 1, ...fields }
}

/** 5.0 and 5.1 stay, and more channels become 5.1. */
function isMixed(channels: number): boolean {
  return channels > 2 && channels !== 5 && channels !== 6
}

/** The tone has the level 0.8 on every channel. */
const layouts: CorpusFile[] = (
  [
    ['mono', 1],
    ['stereo', 2],
    ['2.1', 3],
    ['quad', 4],
    ['5.0', 5],
    ['5.1', 6],
    ['5.1(side)', 6],
    ['6.1', 7],
    ['7.1', 8],
  ] as const
).map(([layout, channels]) => ({
  name: `sound-${layout.replace(/[()]/g, '-')}.mkv`,
  make: [
    ...VIDEO,
    ...lavfi(
      `${beeps(2)},pan=${layout}|${Array.from({ length: channels }, (_, index) => `c${index}=c0`).join('|')}`,
    ),
    ...[...H264, '-c:a', 'flac'],
  ],
  expected: heard({ peak: 0.8, warnings: isMixed(channels) ? ['channels-downmixed'] : [] }),
}))

const tracks: CorpusFile[] = [
  {
    name: 'silent.mp4',
    make: [...VIDEO, ...H264],
    expected: { width: 96, height: 64, frames: 50, hasAudio: false, warnings: ['no-audio'] },
  },
  {
    name: 'two-tracks.mp4',
    make: [
      ...VIDEO,
      ...lavfi(beeps(2)),
      ...lavfi('anullsrc=d=2'),
      '-map',
      '0',
      '-map',
      '1',
      '-map',
      '2',
      ...H264,
      ...AAC,
    ],
    expected: heard({ warnings: ['several-audio-tracks'] }),
  },
  {
    name: 'second-is-default.mkv',
    make: [
      ...VIDEO,
      ...lavfi('anullsrc=d=2'),
      ...lavfi(beeps(2)),
      '-map',
      '0',
      '-map',
      '1',
      '-map',
      '2',
      '-disposition:a:0',
      '0',
      '-disposition:a:1',
      'default',
      ...H264,
      '-c:a',
      'flac',
    ],
    expected: heard({ warnings: ['several-audio-tracks'] }),
  },
  {
    name: 'late-sound.mkv',
    make: [...VIDEO, '-itsoffset', '0.4', ...lavfi(beeps(1.6)), ...H264, '-c:a', 'flac'],
    expected: heard({ beepSec: 1.4, warnings: ['late-audio'] }),
  },
  {
    name: 'late-picture.mkv',
    make: ['-itsoffset', '0.4', ...VIDEO, ...lavfi(beeps(2.4)), ...H264, '-c:a', 'flac'],
    expected: heard({ frames: 60, warnings: ['late-video'] }),
  },
  {
    name: 'long-sound.mp4',
    make: [...VIDEO, ...lavfi(beeps(4)), ...H264, ...AAC],
    expected: heard({ warnings: ['duration-clamped'] }),
  },
  {
    name: 'large-start.ts',
    make: [...VIDEO, ...lavfi(beeps(2)), ...H264, ...AAC, '-output_ts_offset', '1000'],
    expected: heard({ numbers: [0, 49] }),
  },
]

export const SOUNDS: readonly CorpusFile[] = [...layouts, ...tracks]
