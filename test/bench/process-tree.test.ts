import { expect, test } from 'vitest'
import { parseHashes } from '../../bench/checks/copies.mjs'
import { bitRateOf, checkEven } from '../../bench/checks/frames.mjs'
import { framesAround, meanAt, parseSsim } from '../../bench/checks/ssim.mjs'
import { summariseLoad } from '../../bench/load-generator.mjs'
import { parsePackets } from '../../bench/probe.mjs'
import { cpuSecOf, parseStat, residentBytesOf, treesOf } from '../../bench/process-tree.mjs'
import { parseBox } from '../../bench/text-picture.mjs'

test("SSIM is read from ffmpeg's log, equal pictures too, and averaged over some frames", () => {
  const values = parseSsim(
    'n:1 Y:0.979 U:0.990 V:0.991 All:0.980000 (17.0)\nn:2 Y:1.0 U:1.0 V:1.0 All:1.000000 (inf)\nn:3 Y:0.9 U:0.9 V:0.9 All:0.900000 (10.0)\n',
  )
  expect(values).toEqual([0.98, 1, 0.9])
  expect(meanAt(values, [0, 2, 3])).toBeCloseTo(0.94)
  expect(meanAt(values, [7])).toBeNull()
})

test('the frames around joins are each counted once, and none lies before the first', () => {
  expect(framesAround([2, 5], 3)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(framesAround([], 3)).toEqual([])
})

test('frames are put into the order in which they are shown, and gaps are found', () => {
  const frames = parsePackets('0.000000,100\n0.120000,40\n0.040000,10\n0.080000,10\n')
  expect(checkEven(frames, { frameRate: 25, frameCount: 4 })).toBeNull()
  expect(checkEven(frames, { frameRate: 25, frameCount: 5 })).toBe('4 frames instead of 5')
  expect(checkEven(frames, { frameRate: 24, frameCount: 4 })).toBe('frame 2 is shown at 0.08 s')
  expect(bitRateOf(frames, 25)).toBe(8000)
})

test('hashes of frames are read without the heading', () => {
  expect(parseHashes('#format: frame checksums\n0, 0, 0, 1, 12, abc\n0, 1, 1, 1, 12, def\n')).toEqual([
    ...['abc', 'def'],
  ])
})

interface Usage {
  readonly times: string
  readonly pages?: number
}

test('a process is read whatever its name holds, and counted with all that it has started', () => {
  const stat = (pid: number, parent: number, name: string, { times, pages = 1 }: Usage) =>
    parseStat(
      `${pid} (${name}) S ${parent} 1 1 0 -1 4194560 1 1 0 0 ${times} 20 0 1 0 100 5000 ${pages} 184467 1 1 0`,
    )
  const worker = stat(10, 1, 'a) (b', { times: '100 50 30 20', pages: 3 })
  expect(worker).toMatchObject({ pid: 10, parent: 1, name: 'a) (b' })
  expect(worker.ownSec).toBe(3 * worker.childrenSec)
  const all = [
    stat(12, 11, 'ffmpeg', { times: '7 0 0 0' }),
    stat(13, 2, 'other', { times: '9 0 0 0' }),
    worker,
  ]
  const tree = treesOf([...all, stat(11, 10, 'sh', { times: '0 0 0 0' })], [10])
  expect(tree.map(({ pid }) => pid).sort((a, b) => a - b)).toEqual([10, 11, 12])
  expect(cpuSecOf(tree) / worker.childrenSec).toBeCloseTo(207 / 50)
  expect((residentBytesOf(tree) / worker.residentBytes) * 3).toBe(5)
})

test('the box around a text has even corners and holds it', () => {
  const box = 'lavfi.bbox.x1=41\nlavfi.bbox.x2=300\nlavfi.bbox.y1=48\nlavfi.bbox.y2=90\n'
  expect(parseBox(box)).toEqual({ x: 40, y: 48, width: 262, height: 44 })
  expect(() => parseBox('frame:0 pts:0')).toThrow('cannot be seen')
})

test('of a load only what was answered well counts', () => {
  const found = {
    ...{ '2xx': 900, non2xx: 60, errors: 30, timeouts: 10, duration: 3 },
    latency: { p50: 4, p99: 20 },
  }
  expect(summariseLoad(found)).toEqual({
    ...{ requestsPerSec: 300, p50Ms: 4, p99Ms: 20, answered: 900, failed: 100 },
  })
})
