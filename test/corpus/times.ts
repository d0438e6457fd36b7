import { AAC, beeps, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { editedIn } from './bytes.js'
import type { CorpusFile, ExpectedFile } from './corpus.js'

const SIZE = { width: 96, height: 64 }

function numbered(rate: string, seconds: number): string[] {
  return lavfi(numberedVideo({ rate, seconds, ...SIZE }))
}

function timed(fields: Partial<ExpectedFile>): ExpectedFile {
  return { ...SIZE, frames: 50, hasAudio: false, warnings: [], ...fields }
}

const rates: CorpusFile[] = (
  [
    ['240', 0.5, 120, 'mp4'],
    ['60000/1001', 1, 60, 'mkv'],
    ['24000/1001', 1, 24, 'mp4'],
    ['15', 1, 15, 'flv'],
    ['5', 2, 10, 'ts'],
    ['1', 4, 4, 'mp4'],
    ['1', 3, 3, 'mkv'],
  ] as const
).map(([rate, seconds, frames, container]) => ({
  name: `rate-${rate.replace('/', '-')}.${container}`,
  make: [...numbered(rate, seconds), ...H264],
  expected: timed({ frames, numbers: [0, frames - 1] }),
}))

const odd: CorpusFile[] = [
  ...(['mp4', 'mkv', 'ts', 'gif', 'webm'] as const).map((container) => ({
    name: `one-frame.${container}`,
    make: [...numbered('25', 0.04), ...(container === 'gif' || container === 'webm' ? [] : H264)],
    expected: timed({
      ...{ frames: [1, 3], numbers: [0, 0] },
      warnings: container === 'gif' ? ['alpha-flattened'] : [],
    }),
  })),
  {
    name: 'variable.mp4',
    make: [...numbered('25', 2), '-vf', "select='lt(n,25)+not(mod(n,5))'", '-vsync', 'vfr', ...H264],
    expected: timed({ frames: [46, 50], numbers: [0, null], warnings: ['variable-frame-rate'] }),
  },
  {
    name: 'variable.mkv',
    make: [...numbered('25', 2), '-vf', "select='lt(n,10)+not(mod(n,5))'", '-vsync', 'vfr', ...H264],
    expected: timed({ frames: [10, 52], numbers: [0, null], warnings: ['variable-frame-rate'] }),
  },
  {
    name: 'edit-list.mp4',
    make: [...numbered('25', 2), ...H264, '-video_track_timescale', '12800'],
    change: editedIn(512 * 10, 400),
    expected: timed({ frames: 40, numbers: [10, 49] }),
  },
  {
    // Frames before 0 are not shown.
    name: 'negative-start.mp4',
    make: [
      ...['-itsoffset', '-0.2', ...numbered('25', 2), ...lavfi(beeps(2)), ...H264, ...AAC],
      ...['-copyts', '-vsync', 'passthrough', '-avoid_negative_ts', 'disabled'],
    ],
    expected: timed({ frames: 45, hasAudio: true, numbers: [5, 49], beepSec: 1 }),
  },
  {
    name: 'large-start.mp4',
    make: [...numbered('25', 2), ...lavfi(beeps(2)), ...H264, ...AAC, '-output_ts_offset', '500'],
    expected: timed({ hasAudio: true, numbers: [0, 49], beepSec: 1 }),
  },
]

const stills: CorpusFile[] = [
  ...(['mp4', 'mkv', 'mov'] as const).map((container) => ({
    name: `still.${container}`,
    make: [...numbered('25', 0.04), ...lavfi(beeps(3)), ...H264, ...AAC],
    expected: timed({
      ...{ frames: [75, 76] as const, hasAudio: true, beepSec: 1, numbers: [0, 0] as const },
      warnings: ['still-picture'] as const,
    }),
  })),
  {
    name: 'slides.mp4',
    make: [...numbered('1', 2), ...lavfi(beeps(4)), ...H264, ...AAC],
    expected: timed({
      ...{ frames: [4, 5], hasAudio: true, beepSec: 1, numbers: [0, 1] },
      warnings: ['still-picture'],
    }),
  },
  {
    name: 'long-slide.mp4',
    make: [...numbered('1/4', 8), ...lavfi(beeps(8)), ...H264, ...AAC],
    expected: timed({
      ...{ frames: [195, 205], hasAudio: true, beepSec: 1, numbers: [0, 1] },
      warnings: ['variable-frame-rate'],
    }),
  },
]

export const TIMES: readonly CorpusFile[] = [...rates, ...odd, ...stills]
