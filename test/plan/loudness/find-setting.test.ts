import { describe, expect, test } from 'vitest'
import { conclude, isOffTarget, nextSetting } from '../../../src/plan/loudness/find-setting.js'
const TARGET = { lufs: -14, truePeakDb: -1 }
const SETTING = { gainDb: 6, ceilingDb: -2 }

describe('the search for a setting', () => {
  const before = { lufs: -20, truePeakDb: -10 }

  test('begins with the missing gain and the peaks that it causes', () => {
    expect(nextSetting(TARGET, before, [])).toEqual({ gainDb: 6, ceilingDb: -4 })
    expect(nextSetting(TARGET, { lufs: -20, truePeakDb: -3 }, [])).toEqual({ gainDb: 6, ceilingDb: -1 })
  })

  test('ends when a trial is near enough, or after a few trials', () => {
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

  test('prefers low enough peaks to the right loudness', () => {
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
