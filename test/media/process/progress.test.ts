import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createProgressReader, type FfmpegProgress } from '../../../src/media/process/progress.js'

/** A report as ffmpeg 5.1 writes it. */
function report(fields: Readonly<Record<string, string | number>>, end = 'continue'): string {
  const all = {
    frame: 10,
    fps: '25.00',
    bitrate: '12.1kbits/s',
    out_time_us: 400_000,
    speed: ' 1.5x',
    ...fields,
  }
  const lines = Object.entries(all).map(([key, value]) => `${key}=${value}\n`)
  return `${lines.join('')}progress=${end}\n`
}

function read(chunks: readonly Buffer[]): FfmpegProgress[] {
  const reports: FfmpegProgress[] = []
  const reader = createProgressReader((progress) => reports.push(progress))
  for (const chunk of chunks) reader(chunk)
  return reports
}

test('a report has position, frames and speed', () => {
  expect(read([Buffer.from(report({}))])).toEqual([{ outTimeUs: 400_000, frames: 10, speed: 1.5 }])
})

test.each([
  [
    { out_time_us: 'N/A', speed: 'N/A', frame: 0 },
    { outTimeUs: 0, frames: 0, speed: null },
  ],
  [{ out_time_us: -80_000 }, { outTimeUs: 0, frames: 10, speed: 1.5 }],
  [
    { out_time_ms: 5, out_time: '00:00:00.400000' },
    { outTimeUs: 400_000, frames: 10, speed: 1.5 },
  ],
  [
    { frame: '   12', speed: '   0x' },
    { outTimeUs: 400_000, frames: 12, speed: 0 },
  ],
])('%j is read as %j', (fields, wanted) => {
  expect(read([Buffer.from(report(fields))])).toEqual([wanted])
})

test('the last report counts, and an incomplete one does not', () => {
  const text = report({ frame: 1 }) + report({ frame: 2 }, 'end') + 'frame=3\nout_time_us=5\nprogr'
  expect(read([Buffer.from(text)]).map(({ frames }) => frames)).toEqual([1, 2])
})

test('values of one report are not carried over into the next', () => {
  expect(read([Buffer.from(`${report({ frame: 7 })}progress=end\n`)])[1]).toEqual({
    outTimeUs: 0,
    frames: 0,
    speed: null,
  })
})

test('a report may be cut anywhere between two chunks of data', () => {
  const whole = Buffer.from(
    [1, 2, 3, 4].map((frame) => report({ frame, out_time_us: frame * 40_000 })).join(''),
  )
  const wanted = read([whole])
  expect(wanted.map(({ frames }) => frames)).toEqual([1, 2, 3, 4])
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length), { maxLength: 40 }), (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), whole.length]
      const chunks = edges.slice(1).map((end, index) => whole.subarray(edges[index], end))
      expect(read(chunks)).toEqual(wanted)
    }),
  )
})
