import { expect, test } from 'vitest'
import { H264, lavfi } from '../support/lavfi.js'
import { useStudio } from '../support/render.js'
import { decodeSound } from '../support/sound.js'

const studio = useStudio()

/** The highest step from one sample to the next of a tone of 500 Hz with this peak. */
const steepest = (peak: number) => (peak * 2 * Math.PI * 500) / 48_000

test.each([
  ['libopus', 5],
  ['pcm_s16le', 4],
])(
  'times of %s that vary by %i ms, as those of a browser’s recording, do not tear the sound',
  async (codec, ms) => {
    const video = await studio.make(
      `jitter-${codec}.mkv`,
      ...[...lavfi('testsrc2=s=160x90:r=25:d=3'), ...lavfi("aevalsrc='0.5*sin(2*PI*500*t)':s=48000:d=3")],
      ...[...H264, '-c:a', codec, '-bsf:a', `setts=ts=TS+${ms}*not(mod(N\\,7))`],
    )
    const [audio] = (await studio.survey({ video })).video.facts.audio
    expect(audio?.jitterSec).toBeGreaterThan(0.003)
    const heard = (await decodeSound((await studio.render([], { video })).path)).subarray(4800, -4800)
    const steps = heard.map((value, index) => Math.abs(value - (heard[index - 1] ?? value)))
    const peak = heard.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(steps.reduce((most, step) => Math.max(most, step), 0)).toBeLessThan(2 * steepest(peak))
  },
)
