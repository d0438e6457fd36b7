import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { decodeRgb, type Picture } from '../support/frames.js'
import { AAC, H264, lavfi } from '../support/lavfi.js'
import { LOGO, randomEdits } from '../support/random-edit.js'
import { useStudio } from '../support/render.js'
import { decodeSound, soundSec } from '../support/sound.js'
import { renderStepwise } from '../support/stepwise.js'

const studio = useStudio()
const MATERIAL = { width: 160, height: 90, frames: 50, rate: 25, hasSound: true }
const RUNS = 12

/** Mean difference per channel, of 255: rounding at each step and the encoder may cause this much. */
const TOLERANCE = 6

let source = ''
let logo = ''
beforeAll(async () => {
  // Stereo, as Cutroom's outputs are: decoding then mixes both in the same way.
  const tone = '0.5*sin(2*PI*(300+200*t)*t)'
  const sound = `aevalsrc='${tone}|${tone}':s=48000:d=2:c=stereo`
  const inputs = [...lavfi('testsrc2=s=160x90:r=25:d=2,format=yuv420p'), ...lavfi(sound)]
  logo = await studio.make(
    'logo.png',
    ...lavfi(`testsrc2=s=${LOGO.width}x${LOGO.height}:d=1,format=rgb24`),
    '-frames:v',
    '1',
  )
  const tags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709']
  source = await studio.make('source.mp4', ...inputs, ...H264, ...AAC, ...tags, '-bf', '0')
})

test(
  'any valid edit gives in one pass what its operations give one after another',
  { timeout: 120_000 },
  async () => {
    const edits = randomEdits(MATERIAL)
    await fc.assert(
      fc.asyncProperty(edits, async (operations) => {
        const dir = await mkdtemp(join(studio.dir(), 'steps-'))
        const [rendered, reference] = await Promise.all([
          studio.render(operations, { video: source, assets: { 'logo.png': logo } }),
          renderStepwise(source, operations, logo, dir),
        ])
        const [found, wanted] = [await decodeRgb(rendered.path), await decodeRgb(reference)]
        expect(found).toHaveLength(wanted.length)
        for (const index of [0, Math.floor(wanted.length / 2), wanted.length - 1]) {
          expect(meanDifference(found[index], wanted[index])).toBeLessThan(TOLERANCE)
        }
        if (rendered.facts.audio.length === 0) return
        const [heard, meant] = [await decodeSound(rendered.path), await decodeSound(reference)]
        expect(Math.abs(soundSec(heard) - wanted.length / MATERIAL.rate)).toBeLessThan(0.03)
        expect(Math.abs(level(heard) - level(meant))).toBeLessThan(0.03)
      }),
      // A smaller failing edit is not looked for: each try renders, and the time limit would hide what was found.
      { numRuns: RUNS, endOnFailure: true },
    )
  },
)

function meanDifference(a: Picture | undefined, b: Picture | undefined): number {
  if (!a || !b) return NaN
  expect([a.width, a.height]).toEqual([b.width, b.height])
  return a.data.reduce((sum, value, index) => sum + Math.abs(value - (b.data[index] ?? 0)), 0) / a.data.length
}

/** Root mean square. */
function level(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples.length))
}
