import { describe, expect, test } from 'vitest'
import type { TrimOperation } from '../../../src/edit/operations/trim.js'
import { Findings } from '../../../src/plan/context.js'
import { isEmpty } from '../../../src/plan/frames/frame-window.js'
import type { Timeline } from '../../../src/plan/frames/timeline.js'
import { enableArgs, visibleFrames } from '../../../src/plan/frames/visible-frames.js'
import { wholeVideo } from '../../../src/plan/inputs/open-video.js'
import { trimWindows } from '../../../src/plan/ops/trim.js'
import { mediaFacts, videoFacts } from '../../support/plan-facts.js'

const NTSC = { num: 30_000, den: 1001 }
const AT_25: Timeline = {
  videoPad: 'v',
  audioPad: null,
  width: 320,
  height: 180,
  frameRate: { num: 25, den: 1 },
  frameCount: 100,
  delivered: { start: 0, end: 100 },
  colorSpace: 'bt709',
}

describe('an overlay is visible on the frames that start within its window', () => {
  test.each([
    [0, null, 0, 100],
    [0, 4, 0, 100],
    [1, 2, 25, 50],
    [1.0001, 2.0001, 26, 51],
    [1.00003, 2.00003, 25, 50],
    [1.04, 1.08, 26, 27],
    [0.01, 0.03, 1, 1],
    [3.96, 100, 99, 100],
    [3.97, null, 100, 100],
    [4, null, 100, 100],
    [50, 60, 100, 100],
  ])('from %d s to %d s: %i to before %i', (start_time, end_time, start, end) => {
    const window = visibleFrames({ start_time, end_time }, AT_25)
    expect(window).toEqual({ start, end })
    expect(isEmpty(window)).toBe(start === end)
  })
})

describe('a filter is switched on half a frame before the first frame, and off half a frame before the end', () => {
  test('at 25 frames a second', () => {
    expect(enableArgs({ start: 25, end: 50 }, AT_25)).toEqual({ enable: 'gte(t,0.980000)*lt(t,1.980000)' })
  })

  test('at 30000/1001', () => {
    const ntsc = { ...AT_25, frameRate: NTSC }
    expect(enableArgs({ start: 1, end: 2 }, ntsc)).toEqual({ enable: 'gte(t,0.016683)*lt(t,0.050050)' })
  })

  test('not at all when it covers everything', () => {
    expect(enableArgs({ start: 0, end: 100 }, AT_25)).toEqual({})
    expect(enableArgs({ start: 0, end: 99 }, AT_25)).not.toEqual({})
  })
})

function trim(start_time: number, end_time: number, mode: TrimOperation['mode'] = 'exact'): TrimOperation {
  return { type: 'trim', start_time, end_time, mode }
}

function cut(
  op: TrimOperation,
  extent: { frameCount?: number; statedSec?: number; frameRate?: typeof NTSC } = {},
) {
  const findings = new Findings()
  const whole = { frameRate: { num: 25, den: 1 }, frameCount: 100, statedSec: 4, ...extent }
  return { ...trimWindows(op, whole, findings, '/operations/3')[0], findings }
}

describe('a trim', () => {
  test.each([
    [0, 4, 0, 100],
    [1, 2, 25, 50],
    [1.019, 2.021, 25, 51],
    [1.02, 2.02, 26, 51],
    [2, 2.001, 50, 51],
    [3.99, 4, 99, 100],
    [0, 4.05, 0, 100],
  ])('from %d s to %d s keeps the frames %i to before %i', (start, end, first, last) => {
    const result = cut(trim(start, end))
    expect([result.start, result.end]).toEqual([first, last])
    expect(result.findings.issues).toEqual([])
    expect(result.findings.warnings).toEqual([])
  })

  test('snaps to the nearest frame at 30000/1001', () => {
    const { start, end } = cut(trim(1.001, 3.0363), { frameRate: NTSC, frameCount: 120, statedSec: 4.004 })
    expect([start, end]).toEqual([30, 91])
  })

  test('past the end is refused, at the field that is wrong', () => {
    const { findings } = cut(trim(1, 4.0501))
    expect(findings.issues).toEqual([
      {
        pointer: '/operations/3/end_time',
        message: '"end_time" is 4.0501 s, but the material ends at 4.000 s',
      },
    ])
  })

  test('that starts at or past the end is refused, at both fields when both are wrong', () => {
    const pointers = (op: TrimOperation, statedSec = 4) =>
      cut(op, { statedSec }).findings.issues.map(({ pointer }) => pointer)
    expect(pointers(trim(4, 4.04))).toEqual(['/operations/3/start_time'])
    expect(pointers(trim(5, 6))).toEqual(['/operations/3/start_time', '/operations/3/end_time'])
    expect(pointers(trim(5, 6), 8)).toEqual(['/operations/3/start_time'])
  })

  test('into sound that outlasts the picture ends with the picture, and says so', () => {
    const { start, end, findings } = cut(trim(3, 6), { statedSec: 6 })
    expect([start, end, findings.issues]).toEqual([75, 100, []])
    expect(findings.warnings.map(({ code }) => code)).toEqual(['duration-clamped'])
  })
})

describe('the grid of a source', () => {
  const rate = { num: 25, den: 1 }
  test.each([
    ['starts with its first frame', 0, 0, 100],
    ['ignores the run-up of the sound', 0.021, 0, 100],
    ['ignores where the file says it starts', 1.4, 1.4, 100],
    ['has the time before a late first frame', 0.6, 0, 115],
    ['has the whole frames before a late first frame', 0.63, 0, 115],
  ])('%s', (_, startSec, fileStartSec, end) => {
    const video = videoFacts({ frameRate: rate, durationSec: 4, startSec })
    expect(wholeVideo(mediaFacts({ video, startSec: fileStartSec }), video)).toEqual({ start: 0, end })
  })

  test('has one frame at least', () => {
    const video = videoFacts({ durationSec: 0 })
    expect(wholeVideo(mediaFacts({ video, audio: [] }), video)).toEqual({ start: 0, end: 1 })
  })
})
