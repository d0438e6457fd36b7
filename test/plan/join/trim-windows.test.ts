import { describe, expect, test } from 'vitest'
import type { TrimOperation } from '../../../src/edit/operations/trim.js'
import { Findings } from '../../../src/plan/context.js'
import { trimWindows } from '../../../src/plan/join/trim-windows.js'

const NTSC = { num: 30_000, den: 1001 }

function trim(
  start_time: number,
  end_time: number | null,
  mode: TrimOperation['mode'] = 'exact',
): TrimOperation {
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
  test('without an end keeps all that comes after its start', () => {
    const { start, end, findings } = cut(trim(1, null), { statedSec: 9 })
    expect([start, end, findings.issues, findings.warnings]).toEqual([25, 100, [], []])
  })

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

  test('whose end lies in sound after the last frame ends with the picture, and a warning says so', () => {
    const { start, end, findings } = cut(trim(3, 6), { statedSec: 6 })
    expect([start, end, findings.issues]).toEqual([75, 100, []])
    expect(findings.warnings.map(({ code }) => code)).toEqual(['duration-clamped'])
  })
})
