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

test.each([
  ['ogg', 44_100],
  ['ogg', 48_000],
  ['mkv', 44_100],
])('tones of Vorbis in %s at %i Hz are whole and in time', async (container, rate) => {
  // Tones make the blocks change their size.
  const tones = `aevalsrc='if(lt(mod(t+0.5,1),0.1),0.5*cos(2*PI*500*t),0)':d=4:s=${rate}`
  const sound = await studio.make(`vorbis-${rate}.${container}`, ...lavfi(tones), '-c:a', 'libvorbis')
  const [file] = await studio.renderEdit({ operations: [], output: { container: 'wav' } }, { video: sound })
  const heard = await decodeSound(file?.path ?? '')
  const played = await decodeSound(sound)
  for (const sec of [0.5, 1.5, 2.5, 3.5]) {
    const [is, was] = [heard, played].map((one) => firstLoud(one, sec - 0.1))
    expect(Math.abs((is ?? NaN) - (was ?? NaN))).toBeLessThan(0.001)
    // Half a period of 500 Hz has 48 samples.
    const tone = heard.subarray((sec + 0.005) * 48_000, (sec + 0.095) * 48_000)
    expect(longestQuiet(tone)).toBeLessThan(30)
  }
})

/** When sound begins after a moment, in seconds. */
function firstLoud(sound: Float32Array, fromSec: number): number {
  const from = Math.round(fromSec * 48_000)
  return (from + sound.subarray(from).findIndex((value) => Math.abs(value) > 0.2)) / 48_000
}

/** The longest run of samples near silence. */
function longestQuiet(sound: Float32Array): number {
  let [run, longest] = [0, 0]
  for (const value of sound) {
    run = Math.abs(value) < 0.1 ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
