import { describe, expect, test } from 'vitest'
import type { LoudnessOperation } from '../../../src/edit/operations/loudness.js'
import { previewPlan } from '../../../src/jobs/edits/preview-plan.js'
import { passArgv } from '../../../src/plan/argv/pass-argv.js'
import { fillMeasured } from '../../../src/plan/loudness/fill-measured.js'
import { conclude, isOffTarget, nextSetting } from '../../../src/plan/loudness/find-setting.js'
import { meterArgv, readMeter, trialArgv } from '../../../src/plan/loudness/loudness-argv.js'
import { compilePlan, edited, mediaFacts, tryCompile } from '../../support/plan-facts.js'

const LOUDNESS: LoudnessOperation = { type: 'loudness', target_lufs: -14, true_peak_db: -1 }
const TARGET = { lufs: -14, truePeakDb: -1 }
const SETTING = { gainDb: 6, ceilingDb: -2 }

describe('measuring passes', () => {
  test('there is one an operation, however many renditions; each knows those before it', () => {
    const edit = { ...edited(LOUDNESS, LOUDNESS), output: null }
    const plan = compilePlan(edit)
    expect(plan.measurements.map(({ name, kind }) => [name, kind])).toEqual([
      ['loudness-0', 'measureLoudness'],
      ['loudness-1', 'measureLoudness'],
    ])
    const [, second] = plan.measurements
    expect(second && meterArgv(second, new Map([['loudness-0', SETTING]])).join(' ')).toContain('6.000dB')
    expect(() => second && meterArgv(second, new Map())).toThrow('loudness-0')
  })

  test('decode no picture', () => {
    const [measurement] = compilePlan(edited({ type: 'flip', direction: 'vertical' }, LOUDNESS)).measurements
    const argv = measurement && trialArgv(measurement, new Map([['loudness-0', SETTING]]), 'x')
    expect(argv?.join(' ')).toContain('[0:1]')
    expect(argv?.join(' ')).not.toMatch(/\[0:0\]|vflip|fps/)
  })

  test('of sound that a later operation takes away are left out', () => {
    expect(compilePlan(edited(LOUDNESS, { type: 'mute' })).measurements).toEqual([])
  })

  test('of material without sound are refused at the operation', () => {
    const world = { facts: mediaFacts({ audio: [] }) }
    const issues = [{ pointer: '/operations/0', message: 'the material has no sound' }]
    expect(tryCompile(edited(LOUDNESS), world)).toEqual({ ok: false, issues })
    expect(tryCompile(edited({ type: 'mute' }, LOUDNESS))).toMatchObject({ ok: false })
  })

  test('give their results to the pass that waits for them, and a dry run shows where', () => {
    const plan = compilePlan(edited(LOUDNESS))
    const [pass] = plan.passes
    if (!pass) throw new Error('there is no pass')
    expect(passArgv(pass, ['x']).join(' ')).toContain('volume=volume={loudness-0.gain}')
    const graph = fillMeasured(pass.graph, new Map([['loudness-0', { ...SETTING, ceilingDb: -6 }]]))
    const text = passArgv({ ...pass, graph }, ['x']).join(' ')
    expect(text).toContain('volume=volume=6.000dB')
    expect(text).toContain('alimiter=limit=0.501187:')
    expect(() => fillMeasured(pass.graph, new Map())).toThrow('loudness-0')

    const [first, second] = previewPlan(plan).passes
    expect(first).toMatchObject({ name: 'loudness-0', kind: 'measureLoudness' })
    expect(first?.ffmpegArguments.join(' ')).toContain('ebur128')
    expect(second?.ffmpegArguments.join(' ')).toContain('{loudness-0.ceiling}')
  })
})

describe('the search for a setting', () => {
  const before = { lufs: -20, truePeakDb: -10 }

  test('begins with the gain that is missing and the peaks that it makes', () => {
    expect(nextSetting(TARGET, before, [])).toEqual({ gainDb: 6, ceilingDb: -4 })
    expect(nextSetting(TARGET, { lufs: -20, truePeakDb: -3 }, [])).toEqual({ gainDb: 6, ceilingDb: -1 })
  })

  test('ends where the trial is near enough, or after a few', () => {
    const trial = (lufs: number) => ({ setting: SETTING, reading: { lufs, truePeakDb: -1.1 } })
    expect(nextSetting(TARGET, before, [trial(-14.1)])).toBeNull()
    expect(nextSetting(TARGET, before, [trial(-15)])).not.toBeNull()
    expect(nextSetting(TARGET, before, Array(4).fill(trial(-15)))).toBeNull()
  })

  test('does not try to make silence loud', () => {
    const silence = { lufs: null, truePeakDb: null }
    expect(nextSetting(TARGET, silence, [])).toBeNull()
    expect(conclude(TARGET, silence, [])).toMatchObject({ gainDb: 0, after: null })
  })

  test('prefers peaks that are low enough to loudness that is right', () => {
    const tooHigh = { setting: { gainDb: 7, ceilingDb: -1 }, reading: { lufs: -14, truePeakDb: 0 } }
    const tooQuiet = { setting: { gainDb: 6, ceilingDb: -2 }, reading: { lufs: -15, truePeakDb: -1 } }
    expect(conclude(TARGET, before, [tooHigh, tooQuiet])).toEqual({
      ...{ gainDb: 6, ceilingDb: -2, before },
      after: tooQuiet.reading,
    })
    expect([tooHigh, tooQuiet].map(({ reading }) => isOffTarget(TARGET, reading))).toEqual([true, true])
    expect(isOffTarget(TARGET, { lufs: -14.4, truePeakDb: -0.8 })).toBe(false)
  })
})

test('a meter is read from its last lines, and silence has no loudness', () => {
  const lines = (key: string, ...values: string[]) =>
    values.map((value) => `frame:1\n${key}=${value}\n`).join('')
  const loudness = (...values: string[]) => `8.2\n${lines('lavfi.r128.I', ...values)}`
  const peak = (value: string) => lines('lavfi.astats.Overall.Peak_level', value)
  expect(readMeter(loudness('-70.000', '-23.500'), peak('-3.25'))).toEqual({ lufs: -23.5, truePeakDb: -3.25 })
  expect(readMeter(loudness('-70.000'), peak('-inf'))).toEqual({ lufs: null, truePeakDb: null })
  expect(readMeter('', '')).toEqual({ lufs: null, truePeakDb: null })
})
