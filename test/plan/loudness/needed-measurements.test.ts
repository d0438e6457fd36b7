import { describe, expect, test } from 'vitest'
import type { LoudnessOperation } from '../../../src/edit/operations/loudness.js'
import { previewPlan } from '../../../src/jobs/edits/preview-plan.js'
import { passArgv } from '../../../src/plan/argv/pass-argv.js'
import { fillMeasured } from '../../../src/plan/loudness/fill-measured.js'
import { meterArgv, trialArgv } from '../../../src/plan/loudness/loudness-argv.js'
import { compilePlan, edited, mediaFacts, tryCompile } from '../../support/plan-facts.js'

const LOUDNESS: LoudnessOperation = { type: 'loudness', target_lufs: -14, true_peak_db: -1 }
const SETTING = { gainDb: 6, ceilingDb: -2 }

describe('measuring passes', () => {
  test('exist once per operation for all renditions, and each uses the results of those before it', () => {
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

  test('of sound that a later operation removes are left out', () => {
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
