import { expect, test } from 'vitest'
import { LIMITS } from '../../src/edit/limits.js'
import { NO_EXTRAS } from '../../src/edit/output/extras.js'
import { QUALITY_NAMES } from '../../src/edit/output/qualities.js'
import { compileEdit } from '../../src/plan/compile.js'
import type { Plan } from '../../src/plan/model/plan.js'
import { textOverlay } from '../support/overlays.js'
import { edited, mediaFacts, sourcesOf, tryCompile, videoFacts } from '../support/plan-facts.js'
import { burned, srt, subtitleAsset } from '../support/subtitles.js'

const HOUR = mediaFacts({
  durationSec: 3600,
  video: videoFacts({ width: 3840, height: 2160, frameCount: 90_000, durationSec: 3600 }),
})
const charsOf = ({ passes }: Plan) =>
  passes.reduce(
    (sum, { sideFiles }) => sum + sideFiles.reduce((all, file) => all + file.contents.length, 0),
    0,
  )

test(
  'an edit is refused when its subtitles in all renditions are more text than a plan may hold',
  { timeout: 60_000 },
  () => {
    const cues = Array.from(
      { length: 3500 },
      (_, second) => [second, second + 1, 'word '.repeat(50)] as const,
    )
    const world = { facts: HOUR, assets: { 'a.srt': subtitleAsset('srt', srt(...cues)) } }
    const plan = (count: number) =>
      tryCompile(
        {
          operations: Array.from({ length: count }, () => burned('a.srt')),
          output: { ...NO_EXTRAS, qualities: [...QUALITY_NAMES] },
        },
        world,
      )
    const [few, many] = [plan(1), plan(4)]
    if (!few.ok) throw new Error(JSON.stringify(few.issues))
    expect(charsOf(few.plan)).toBeGreaterThan(LIMITS.planChars / 4)
    expect(many).toMatchObject({ ok: false, issues: [{ pointer: '/operations' }] })
  },
)

test('a film is not cut into chunks when each of them had to have its texts', () => {
  const spreading = { kind: 'chunks', slots: 32, threadsPerSlot: 1, partPrefix: 'parts/' } as const
  const compile = (count: number) => {
    const content = Array.from({ length: LIMITS.textLines }, () => '123456789').join('\n')
    const texts = Array.from({ length: count }, () => textOverlay({ content }))
    const compilation = compileEdit(edited(...texts), sourcesOf({ facts: HOUR }), {
      outputPrefix: 'x/',
      spreading,
    })
    if (!compilation.ok) throw new Error(JSON.stringify(compilation.issues))
    return compilation.plan
  }
  expect(compile(1).passes.length).toBeGreaterThan(10)
  const whole = compile(50)
  expect(whole.passes).toHaveLength(1)
  expect(charsOf(whole)).toBeLessThan(LIMITS.planChars)
})
